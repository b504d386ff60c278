package source

import "slices"

// Filling the wire types from a JSON value in one walk, which also finds what
// they have no place for.

// fill puts a value into the field at out, which may be the session itself. A
// value of another kind than the field's fails at its path, or is kept as unknown
// if it can be done without; a key that has no field is kept as unknown.
func (r *reading) fill(v raw, out any) {
	switch out := out.(type) {
	case *raw:
		*out = v
	case *[]raw:
		fillList(r, v, out, &r.lists.selfies)
	case *[]wireMRZ:
		fillList(r, v, out, &r.lists.mrz)
	case *[]wireAttempt:
		fillList(r, v, out, &r.lists.attempts)
	case **wireIdentity:
		if kindOf(v) != "" {
			*out = new(wireIdentity)
			r.fillObject(v, *out)
		}
	case wireObject:
		r.fillObject(v, out)
	}
}

func fillList[T any](r *reading, v raw, out, room *[]T) {
	switch {
	case kindOf(v) == "":
		return
	case !v.isArray():
		r.fail("", "is %s, not a list", kindOf(v))
		return
	}
	size, i := v.len(), 0
	list := slices.Grow((*room)[:0], max(size, 1))[:size] // not nil: an empty list is no missing one
	clear(list)
	*out, *room = list, list
	for _, item := range v.members() {
		r.enter(toPlace(i))
		r.fill(item, &list[i])
		r.leave()
		i++
	}
}

func (r *reading) fillObject(v raw, out wireObject) {
	switch {
	case kindOf(v) == "":
		return
	case !v.isObject():
		r.misfit(v, out)
		return
	}
	for key, value := range v.members() {
		switch field := out.place(key).(type) {
		case *raw: // as most are
			*field = value
		case nil:
			r.enter(toKey(key))
			r.keep("", value)
			r.leave()
		default:
			r.enter(toKey(key))
			r.fill(value, field)
			r.leave()
		}
	}
}

// misfit judges a value that should be an object and is none. Two of them can be
// done without: see lesser.
func (r *reading) misfit(v raw, out wireObject) {
	switch out.(type) {
	case *wireUserAgent, *wireLocation:
		r.keep("", v)
	default:
		r.fail("", "is %s, not an object", kindOf(v))
	}
}
