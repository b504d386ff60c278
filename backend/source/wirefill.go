package source

import (
	"reflect"
	"strconv"
)

// Filling the wire types from a JSON value in one walk, which also finds what
// they have no place for.

// lesserObjects can be done without: see lesser.
var lesserObjects = map[reflect.Type]bool{
	reflect.TypeFor[wireUserAgent](): true,
	reflect.TypeFor[wireLocation]():  true,
}

// wireFields is, for every object above, where in it each key goes.
var wireFields = fieldsOf(reflect.TypeFor[wireSession](), map[reflect.Type]map[string][]int{})

func fieldsOf(object reflect.Type, found map[reflect.Type]map[string][]int) map[reflect.Type]map[string][]int {
	for object.Kind() == reflect.Pointer || object.Kind() == reflect.Slice {
		object = object.Elem()
	}
	if object.Kind() != reflect.Struct || object == reflect.TypeFor[raw]() || found[object] != nil {
		return found
	}
	found[object] = map[string][]int{}
	for _, field := range reflect.VisibleFields(object) {
		if !field.Anonymous {
			found[object][field.Tag.Get("json")] = field.Index
			fieldsOf(field.Type, found)
		}
	}
	return found
}

// fill puts a value into the wire type at out. A value of another kind than the
// type's fails at its path, or is kept as unknown if it can be done without; a key that the type does not know is kept as unknown.
func (r *reading) fill(path string, v raw, out reflect.Value) {
	if scalar, ok := out.Addr().Interface().(*raw); ok {
		*scalar = v
		return
	}
	if kindOf(v) == "" {
		return
	}
	switch out.Kind() {
	case reflect.Pointer:
		out.Set(reflect.New(out.Type().Elem()))
		r.fill(path, v, out.Elem())
	case reflect.Slice:
		r.fillList(path, v, out)
	default:
		r.fillObject(path, v, out)
	}
}

func (r *reading) fillList(path string, v raw, out reflect.Value) {
	if !v.IsArray() {
		r.fail(path, "is %s, not a list", kindOf(v))
		return
	}
	items := v.Array()
	out.Set(reflect.MakeSlice(out.Type(), len(items), len(items)))
	for i, item := range items {
		r.fill(path+"["+strconv.Itoa(i)+"]", item, out.Index(i))
	}
}

func (r *reading) fillObject(path string, v raw, out reflect.Value) {
	switch {
	case v.IsObject():
	case lesserObjects[out.Type()]:
		r.keep(path, v)
		return
	default:
		r.fail(path, "is %s, not an object", kindOf(v))
		return
	}
	fields := wireFields[out.Type()]
	if path != "" {
		path += "."
	}
	v.ForEach(func(key, value raw) bool {
		place, ok := fields[key.Str]
		if !ok {
			r.keep(path+key.Str, value)
			return true
		}
		field := out.FieldByIndex(place)
		if scalar, ok := field.Addr().Interface().(*raw); ok { // most are: no path is made for them
			*scalar = value
		} else {
			r.fill(path+key.Str, value, field)
		}
		return true
	})
}
