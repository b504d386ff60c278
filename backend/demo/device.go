// What people come with and from where: devices, addresses, places, and the
// company's own fields.
package demo

import "fmt"

type deviceModel struct {
	weight   int
	kind     string
	vendor   string // "" on a PC, like the model
	model    string
	os       string
	versions []string
	browsers []string
}

var deviceModels = []deviceModel{
	{30, "Mobile", "Apple", "iPhone", "iOS", []string{"16.7", "17.4", "17.6", "18.1", "18.3"}, []string{"Safari", "Safari", "Safari", "Chrome", "Firefox"}},
	{14, "Mobile", "Samsung", "SM-A525F", "Android", []string{"12", "13", "14"}, []string{"Chrome", "Chrome", "Samsung Internet"}},
	{10, "Mobile", "Samsung", "SM-S911B", "Android", []string{"14", "15"}, []string{"Chrome", "Samsung Internet", "Edge"}},
	{10, "Mobile", "Xiaomi", "Redmi Note 9", "Android", []string{"11", "12"}, []string{"Chrome", "Firefox"}},
	{8, "Mobile", "Xiaomi", "M2101K6G", "Android", []string{"12", "13"}, []string{"Chrome"}},
	{4, "Mobile", "Google", "Pixel 7", "Android", []string{"14", "15"}, []string{"Chrome", "Firefox"}},
	{3, "Mobile", "Huawei", "P30 Lite", "Android", []string{"10"}, []string{"Chrome", "Edge"}},
	{14, "PC", "", "", "Windows", []string{"10", "11"}, []string{"Chrome", "Chrome", "Edge", "Firefox"}},
	{5, "PC", "", "", "Mac OS", []string{"13.6", "14.5", "15.1"}, []string{"Safari", "Chrome"}},
	{2, "PC", "", "", "Linux", []string{"6.8"}, []string{"Firefox", "Chrome"}},
}

func (m *maker) device() deviceData {
	weights := make([]int, len(deviceModels))
	for i, model := range deviceModels {
		weights[i] = model.weight
	}
	model := &deviceModels[m.c.weighted(weights)]
	d := deviceData{OS: model.os, Device: model.kind, Version: one(m.c, model.versions), Browser: one(m.c, model.browsers)}
	if model.vendor != "" {
		d.Vendor, d.Model = &model.vendor, &model.model
	}
	return d
}

// address is from the ranges set aside for documentation (RFC 5737 and 3849),
// so that it is nobody's.
func (m *maker) address() string {
	if m.c.percent(3) {
		return fmt.Sprintf("2001:db8:%x::%x", m.c.IntN(1<<16), m.c.IntN(1<<16))
	}
	return fmt.Sprintf("%s.%d", one(m.c, []string{"192.0.2", "198.51.100", "203.0.113"}), m.c.between(1, 254))
}

type place struct {
	weight int
	data   locationData
}

var places = []place{
	{55, locationData{"GE", "TB", "0", "Asia/Tbilisi", "Tbilisi", [2]float64{41.6959, 44.832}, 0, 100}},
	{12, locationData{"GE", "AJ", "0", "Asia/Tbilisi", "Batumi", [2]float64{41.6423, 41.6339}, 0, 50}},
	{10, locationData{"GE", "IM", "0", "Asia/Tbilisi", "Kutaisi", [2]float64{42.2679, 42.6946}, 0, 50}},
	{5, locationData{"GE", "KK", "0", "Asia/Tbilisi", "Rustavi", [2]float64{41.5495, 44.9932}, 0, 20}},
	{4, locationData{"GE", "SZ", "0", "Asia/Tbilisi", "Zugdidi", [2]float64{42.5088, 41.8709}, 0, 20}},
	{3, locationData{"GE", "SK", "0", "Asia/Tbilisi", "Gori", [2]float64{41.9842, 44.1158}, 0, 20}},
	{3, locationData{"GE", "KA", "0", "Asia/Tbilisi", "Telavi", [2]float64{41.9198, 45.4732}, 0, 20}},
	{2, locationData{"TR", "34", "0", "Europe/Istanbul", "Istanbul", [2]float64{41.0138, 28.9497}, 0, 100}},
	{2, locationData{"DE", "BE", "1", "Europe/Berlin", "Berlin", [2]float64{52.5244, 13.4105}, 0, 100}},
	{1, locationData{"PL", "14", "1", "Europe/Warsaw", "Warsaw", [2]float64{52.2298, 21.0118}, 0, 100}},
	{1, locationData{"US", "NY", "0", "America/New_York", "New York", [2]float64{40.7128, -74.006}, 501, 20}},
}

// location is nil where the address is not registered anywhere.
func (m *maker) location() *locationData {
	weights := make([]int, len(places)+1)
	for i, place := range places {
		weights[i] = place.weight
	}
	weights[len(places)] = 2
	if i := m.c.weighted(weights); i < len(places) {
		return &places[i].data
	}
	return nil
}

var branches = []string{"Tbilisi, Vake", "Tbilisi, Saburtalo", "Tbilisi, Gldani", "Batumi", "Kutaisi \"Center\"", "Rustavi", "ზუგდიდი", "თელავი, ერეკლე II-ის ქ."}

// extra are the company's own fields: none, some, or a whole form.
func (m *maker) extra() []extraField {
	n := m.c.IntN(100)
	if n < 22 {
		return []extraField{}
	}
	fields := []extraField{{"phoneNumber", m.phone()}, {"branch", one(m.c, branches)}}
	if n < 90 {
		return fields
	}
	return append(fields,
		extraField{"customerId", "C-" + m.c.digits(7)},
		extraField{"product", one(m.c, []string{"Mortgage", "Consumer loan", "Debit card \"Gold\"", "დეპოზიტი", "Leasing, vehicles"})},
		extraField{"campaign", one(m.c, []string{"", "spring", "შემოდგომა 2026"})},
		extraField{"comment", one(m.c, []string{"called twice, no answer", "says \"tomorrow\"", "ხელახლა დარეკვა", "VIP, see branch", "it's urgent"})},
		extraField{"operator", one(m.c, []string{"ნინო", "Giorgi", "Олена", "online"})},
		extraField{"consent", one(m.c, []string{"yes", "no"})},
	)
}

func (m *maker) phone() string {
	n := "5" + m.c.digits(8)
	switch m.c.IntN(4) {
	case 0:
		return fmt.Sprintf("+995 %s %s %s %s", n[:3], n[3:5], n[5:7], n[7:])
	case 1:
		return n
	default:
		return "+995 " + n
	}
}
