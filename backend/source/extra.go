package source

import (
	"strconv"
	"strings"

	"veridesk/backend/idv"
)

// The company's own fields. The portal does not publish the shape of one, so
// four are read: {key, value}, {name, value}, {label, value} and a plain object
// of pairs; a plain object in place of the list too. Order is kept.

func (r *reading) extra(v raw) []idv.Field {
	switch {
	case kindOf(v) == "":
		return nil
	case v.IsObject():
		return appendPairs([]idv.Field{}, v)
	case !v.IsArray():
		return []idv.Field{{Value: looseText(v)}}
	}
	fields := []idv.Field{}
	for i, item := range v.Array() {
		switch {
		case kindOf(item) == "":
		case item.IsObject():
			fields = r.appendItem(fields, i, item)
		default:
			fields = append(fields, idv.Field{Value: looseText(item)})
		}
	}
	return fields
}

// appendItem reads one object of the list: a named value if it has both a name
// and a value, else pairs. What stands beside a named value is kept as unknown.
func (r *reading) appendItem(fields []idv.Field, index int, item raw) []idv.Field {
	var name, value raw
	rest := map[string]raw{}
	item.ForEach(func(key, v raw) bool {
		switch {
		case key.Str == "value":
			value = v
		case !name.Exists() && (key.Str == "key" || key.Str == "name" || key.Str == "label"):
			name = v
		default:
			rest[key.Str] = v
		}
		return true
	})
	if !name.Exists() || !value.Exists() {
		return appendPairs(fields, item)
	}
	for key, v := range rest {
		r.keep("extra["+strconv.Itoa(index)+"]."+key, v)
	}
	return append(fields, idv.Field{Key: looseText(name), Value: looseText(value)})
}

func appendPairs(fields []idv.Field, object raw) []idv.Field {
	object.ForEach(func(key, value raw) bool {
		fields = append(fields, idv.Field{Key: strings.Clone(key.Str), Value: looseText(value)})
		return true
	})
	return fields
}
