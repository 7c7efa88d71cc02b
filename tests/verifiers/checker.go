// Checks an exported register with Go's checksum-database code: none of it is ours but the glue.
//
//	checker FOLDER VKEY [WITNESS-VKEY ...]                 verify; exit 1 and the reason when it fails
//	checker -mutations N -seed S FOLDER VKEY [WITNESS…]    flip N single bits, one at a time; every one
//	                                                       must be found; prints how many were not
//
// Built with GO111MODULE=off against Debian's golang-golang-x-mod-dev. Go writes tile/8/L/N where
// C2SP writes tile/L/N; nothing else differs.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height, width = 8, 256

// An export in memory: checkpoint, tile/… by their names.
type export map[string][]byte

func load(folder string) (export, error) {
	files := export{}
	for _, part := range []string{"checkpoint", "tile"} {
		err := filepath.WalkDir(filepath.Join(folder, part), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			name, err := filepath.Rel(folder, path)
			if err != nil {
				return err
			}
			files[filepath.ToSlash(name)], err = os.ReadFile(path)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// A witness's Ed25519 cosignature: c2sp.org/tlog-cosignature.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }
func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	said := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(c.key, []byte(said), sig[8:])
}

func verifier(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not a vkey")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 {
		return nil, errors.New("not a vkey")
	}
	if key[0] != 4 {
		return note.NewVerifier(vkey)
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	return cosigner{parts[0], binary.BigEndian.Uint32(sum[:4]), ed25519.PublicKey(key[1:])}, nil
}

func (e export) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, t := range tiles {
		data, ok := e[strings.Replace(t.Path(), "tile/8/", "tile/", 1)]
		if !ok || len(data) != t.W*tlog.HashSize {
			return nil, fmt.Errorf("tile %s is missing or of another length", t.Path())
		}
		read = append(read, data)
	}
	return read, nil
}

func (e export) Height() int                     { return height }
func (e export) SaveTiles([]tlog.Tile, [][]byte) {}
func (e export) bundle(n, w int64) (entries [][]byte, err error) {
	t := tlog.Tile{H: height, L: 0, N: n, W: int(w)}
	name := strings.Replace(t.Path(), "tile/8/0/", "tile/entries/", 1)
	data, ok := e[name]
	if !ok {
		return nil, fmt.Errorf("%s is missing", name)
	}
	for len(data) > 0 {
		if len(data) < 2 {
			return nil, fmt.Errorf("%s is cut off", name)
		}
		length := int(binary.BigEndian.Uint16(data))
		if len(data) < 2+length {
			return nil, fmt.Errorf("%s is cut off", name)
		}
		entries = append(entries, data[2:2+length])
		data = data[2+length:]
	}
	if int64(len(entries)) != w {
		return nil, fmt.Errorf("%s has %d entries", name, len(entries))
	}
	return entries, nil
}

// Everything: signatures, the root over all entries, every tile, consistency with earlier sizes, and
// the inclusion proof of every so-manieth entry.
func (e export) check(known []note.Verifier, every int64) error {
	signed, ok := e["checkpoint"]
	if !ok {
		return errors.New("no checkpoint")
	}
	opened, err := note.Open(signed, note.VerifierList(known...))
	if err != nil {
		return err
	}
	if len(opened.Sigs) != len(known) || len(opened.UnverifiedSigs) != 0 {
		return fmt.Errorf("%d signatures are verified, %d are not", len(opened.Sigs), len(opened.UnverifiedSigs))
	}
	for _, sig := range opened.Sigs {
		// Base64 leaves spare bits; we take the one exact spelling.
		data, err := base64.StdEncoding.Strict().DecodeString(sig.Base64)
		if err != nil || base64.StdEncoding.EncodeToString(data) != sig.Base64 {
			return errors.New("base64 with spare bits set")
		}
	}
	tree, err := tree(opened.Text, known[0].Name())
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tree, e)
	used := map[string]bool{"checkpoint": true}
	var stored []tlog.Hash
	at := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, i := range indexes {
			if i >= int64(len(stored)) {
				return nil, errors.New("no such hash")
			}
			found = append(found, stored[i])
		}
		return found, nil
	})
	for n := int64(0); n*width < tree.N; n++ {
		w := tree.N - n*width
		if w > width {
			w = width
		}
		entries, err := e.bundle(n, w)
		if err != nil {
			return err
		}
		for i, entry := range entries {
			record := n*width + int64(i)
			hash := tlog.RecordHash(entry)
			if record%every == 0 {
				proof, err := tlog.ProveRecord(tree.N, record, reader)
				if err != nil {
					return fmt.Errorf("entry %d: %v", record, err)
				}
				if err := tlog.CheckRecord(proof, tree.N, tree.Hash, record, hash); err != nil {
					return fmt.Errorf("entry %d: %v", record, err)
				}
			}
			more, err := tlog.StoredHashes(record, entry, at)
			if err != nil {
				return err
			}
			stored = append(stored, more...)
		}
	}
	root, err := tlog.TreeHash(tree.N, at)
	if err != nil || root != tree.Hash {
		return fmt.Errorf("the entries do not lead to the root: %v", err)
	}
	for _, old := range []int64{1, tree.N / 3, tree.N / 2, tree.N - 1} {
		if old < 1 {
			continue
		}
		was, err := tlog.TreeHash(old, at)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveTree(tree.N, old, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, old, was); err != nil {
			return fmt.Errorf("from %d: %v", old, err)
		}
	}
	return e.tiles(tree, at, used)
}

// Every tile that must be there is what the entries make it.
func (e export) tiles(tree tlog.Tree, at tlog.HashReader, used map[string]bool) error {
	for level := 0; tree.N>>(height*level) > 0; level++ {
		count := tree.N >> (height * level)
		for n := int64(0); n*width < count; n++ {
			w := count - n*width
			if w > width {
				w = width
			}
			t := tlog.Tile{H: height, L: level, N: n, W: int(w)}
			want, err := tlog.ReadTileData(t, at)
			if err != nil {
				return err
			}
			name := strings.Replace(t.Path(), "tile/8/", "tile/", 1)
			if !bytes.Equal(e[name], want) {
				return fmt.Errorf("%s is not what the entries make it", name)
			}
			used[name] = true
		}
	}
	for name := range e {
		if !used[name] && !strings.HasPrefix(name, "tile/entries/") {
			return fmt.Errorf("%s has no place in this tree", name)
		}
	}
	return nil
}

func tree(text, origin string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[0] != origin {
		return tlog.Tree{}, errors.New("not a checkpoint of this register")
	}
	// Go's own checkpoints begin with another line; the two that follow are the same.
	return tlog.ParseTree([]byte("go.sum database tree\n" + lines[1] + "\n" + lines[2] + "\n"))
}

func main() {
	mutations := flag.Int("mutations", 0, "single-bit mutations to try")
	seed := flag.Int64("seed", 1, "of the mutations")
	flag.Parse()
	files, err := load(flag.Arg(0))
	fail(err)
	var known []note.Verifier
	for _, vkey := range flag.Args()[1:] {
		one, err := verifier(vkey)
		fail(err)
		known = append(known, one)
	}
	fail(files.check(known, 1))
	if *mutations == 0 {
		fmt.Println("ok")
		return
	}
	var names []string
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	dice, missed := rand.New(rand.NewSource(*seed)), 0
	for i := 0; i < *mutations; i++ {
		name := names[dice.Intn(len(names))]
		at, bit := dice.Intn(len(files[name])), byte(1)<<dice.Intn(8)
		files[name][at] ^= bit
		if files.check(known, 97) == nil {
			fmt.Printf("missed: %s byte %d bit %08b\n", name, at, bit)
			missed++
		}
		files[name][at] ^= bit
	}
	fmt.Printf("%d mutations, %d missed\n", *mutations, missed)
	if missed > 0 {
		os.Exit(1)
	}
}

func fail(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
