package source

import (
	"strconv"

	"veridesk/backend/idv"
)

// The company's own fields. The portal does not publish the shape of one, so
// four are read: {key, value}, {name, value}, {label, value} and a plain object
// of pairs; a plain object in place of the list too. Order is kept.

func (r *reading) extra(v raw) []idv.Field {
	switch {
	case kindOf(v) == "":
		return nil
	case v.isObject():
		return r.appendPairs([]idv.Field{}, v)
	case !v.isArray():
		return []idv.Field{{Value: r.loose(v)}}
	}
	fields := make([]idv.Field, 0, v.len())
	index := 0
	for _, item := range v.members() {
		switch {
		case kindOf(item) == "":
		case item.isObject():
			fields = r.appendItem(fields, index, item)
		default:
			fields = append(fields, idv.Field{Value: r.loose(item)})
		}
		index++
	}
	return fields
}

// appendItem reads one object of the list: a named value if it has both a name
// and a value, else pairs. What stands beside a named value is kept as unknown.
func (r *reading) appendItem(fields []idv.Field, index int, item raw) []idv.Field {
	var name, value raw
	var rest map[string]raw
	for key, v := range item.members() {
		switch {
		case key == "value":
			value = v
		case !name.exists() && (key == "key" || key == "name" || key == "label"):
			name = v
		default:
			if rest == nil {
				rest = map[string]raw{}
			}
			rest[key] = v
		}
	}
	if !name.exists() || !value.exists() {
		return r.appendPairs(fields, item)
	}
	for key, v := range rest {
		r.keep("extra["+strconv.Itoa(index)+"]."+key, v)
	}
	return append(fields, idv.Field{Key: r.loose(name), Value: r.loose(value)})
}

func (r *reading) appendPairs(fields []idv.Field, object raw) []idv.Field {
	for key, value := range object.members() {
		fields = append(fields, idv.Field{Key: r.words.keep(key), Value: r.loose(value)})
	}
	return fields
}
