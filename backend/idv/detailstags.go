package idv

import (
	"encoding/json"
	"strings"
)

// Why people at the portal rejected a session, and what they wrote there.

// TagGroup is a group of the portal's fixed list of reasons to reject.
type TagGroup struct {
	Group string    `json:"group"` // "" for what belongs to no group of the list
	Tags  []TagMark `json:"tags"`  // all of the group, in the list's order
}

// TagMark says whether the session has a tag.
type TagMark struct {
	Tag   string `json:"tag"`
	Given bool   `json:"given"`
}

// rejectionTags is the portal's list.
var rejectionTags = [...]struct {
	group string
	tags  []string
}{
	{"Spam", []string{"SPAM"}},
	{"Compromised person", []string{"PEP", "Sanctions lists", "Criminal records", "Adverse media"}},
	{"Suspected fraud", []string{"Fake", "Blacklist", "Selfie Mismatch"}},
	{"Data mismatch", []string{"Full name issue", "ID number or document number issue", "MRZ issue", "Date of birth issue"}},
	{"Regulation violations", []string{"Age", "Duplicate", "Wrong region"}},
}

// tagGroups is the whole list with the given tags marked, and a last group of
// given tags that the list does not have, if there are any.
func tagGroups(given []string) []TagGroup {
	groups := []TagGroup{}
	known := map[string]bool{}
	for _, listed := range rejectionTags {
		group := TagGroup{Group: listed.group, Tags: []TagMark{}}
		for _, tag := range listed.tags {
			known[strings.ToLower(tag)] = true
			group.Tags = append(group.Tags, TagMark{Tag: tag, Given: hasTag(given, tag)})
		}
		groups = append(groups, group)
	}
	other := TagGroup{Tags: []TagMark{}}
	for _, tag := range given {
		if key := strings.ToLower(strings.TrimSpace(tag)); key != "" && !known[key] {
			known[key] = true
			other.Tags = append(other.Tags, TagMark{Tag: tag, Given: true})
		}
	}
	if len(other.Tags) > 0 {
		groups = append(groups, other)
	}
	return groups
}

func hasTag(given []string, tag string) bool {
	for _, g := range given {
		if strings.EqualFold(strings.TrimSpace(g), tag) {
			return true
		}
	}
	return false
}

// portalNotes are the notes among what the portal sent. Their shape is not
// published: a text is a note, each item of a list is one, and what is no text is
// shown as the JSON that it is.
func portalNotes(unknown map[string]string) []string {
	notes := []string{}
	for _, key := range [...]string{"notes", "note", "details.notes", "details.note"} {
		raw := []byte(unknown[key])
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil {
			list = []json.RawMessage{raw}
		}
		for _, item := range list {
			if text := noteText(item); text != "" {
				notes = append(notes, text)
			}
		}
	}
	return notes
}

func noteText(item json.RawMessage) string {
	var text string
	if json.Unmarshal(item, &text) == nil {
		return strings.TrimSpace(text)
	}
	return string(item)
}
