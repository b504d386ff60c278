// Answers in JSON.
package demo

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
)

// answer is JSON on its way to a client, put together piece by piece. Links stay
// readable in it: & is not escaped.
type answer struct {
	text    bytes.Buffer
	encoder *json.Encoder
}

func newAnswer() *answer {
	a := &answer{}
	a.encoder = json.NewEncoder(&a.text)
	a.encoder.SetEscapeHTML(false)
	return a
}

// add writes a value. Every value of this portal can be written.
func (a *answer) add(value any) {
	if err := a.encoder.Encode(value); err != nil {
		panic(err) // net/http ends the connection
	}
	a.text.Truncate(a.text.Len() - 1) // the encoder's line end
}

// addKeys goes on in an object that holds something already, with the keys of
// another.
func (a *answer) addKeys(object any) {
	begin := a.text.Len()
	a.add(object)
	a.text.Bytes()[begin] = ',' // for the brace
}

func (a *answer) send(w http.ResponseWriter, status int) {
	a.text.WriteByte('\n')
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(a.text.Len()))
	w.WriteHeader(status)
	w.Write(a.text.Bytes()) // a client that has gone needs no answer
}

func reply(w http.ResponseWriter, status int, value any) {
	a := newAnswer()
	a.add(value)
	a.send(w, status)
}

func fail(w http.ResponseWriter, status int, text string) {
	reply(w, status, map[string]string{"error": text})
}
