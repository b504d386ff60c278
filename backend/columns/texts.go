package columns

// texts keeps short texts, packed: a million strings of their own would cost more
// than twice the memory, and the garbage collector's time.
type texts struct {
	blocks [][]byte
	end    uint32                      // the first free place of the last block
	free   [foldedBytes/4 + 1][]uint32 // places that were given up, by their size
}

const (
	unit      = 4 // bytes to a place
	blockSize = 1 << 20
	perBlock  = blockSize / unit
)

func newTexts() *texts {
	return &texts{end: perBlock}
}

// size is how many places a text of that length takes up, less one: a byte of
// length and itself.
func size(length int) int { return length / unit }

// keep stores a text of at most foldedBytes and gives its place; 0 for none.
func (t *texts) keep(text string) uint32 {
	if text == "" {
		return 0
	}
	place, ok := t.reuse(size(len(text)))
	if !ok {
		place = t.add(size(len(text)))
	}
	to := t.at(place)
	to[0] = byte(len(text))
	copy(to[1:], text)
	return place
}

func (t *texts) reuse(size int) (place uint32, ok bool) {
	if free := t.free[size]; len(free) > 0 {
		t.free[size] = free[:len(free)-1]
		return free[len(free)-1], true
	}
	return 0, false
}

func (t *texts) add(size int) uint32 {
	if t.end+uint32(size) >= perBlock {
		t.blocks, t.end = append(t.blocks, make([]byte, blockSize)), 1 // place 0 is none
	}
	place := uint32(len(t.blocks)-1)*perBlock + t.end
	t.end += uint32(size) + 1
	return place
}

// at is what is stored from a place on.
func (t *texts) at(place uint32) []byte {
	return t.blocks[place/perBlock][place%perBlock*unit:]
}

// get is the text at a place, to be looked at only while it is kept.
func (t *texts) get(place uint32) []byte {
	if place == 0 {
		return nil
	}
	at := t.at(place)
	return at[1 : 1+at[0]]
}

// drop gives a text up and wipes it: it may be an erased person's.
func (t *texts) drop(place uint32) {
	if place == 0 {
		return
	}
	size := size(len(t.get(place)))
	clear(t.at(place)[:(size+1)*unit])
	t.free[size] = append(t.free[size], place)
}
