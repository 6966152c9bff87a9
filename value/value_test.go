package value_test

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/value"
)

// The fingerprints that the semantics list: sha256 of ID=REPR, sorted by id and joined with commas.
func TestFingerprints(t *testing.T) {
	for _, c := range []struct{ outputs, text, hash string }{
		{`{}`, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{`{"a":"ok"}`, `a='ok'`, "84bad0b4d3ceaa4e36d9eeb66b99a138e36f665e2a3e23ed3cc5c5f8070b59ee"},
		{`{"a":null}`, `a=None`, "171bf2277e2e043faddee9c95f8d01e048ead6cb1a077891854bc6c10b091005"},
		{`{"a":true,"b":false}`, `a=True,b=False`, "2dc68b2d9ef53bb34f4d34b491273c98ba684a94afcf136ca4360311b059ad9d"},
		{`{"b":-2,"a":1}`, `a=1,b=-2`, "0043ae9dc79c6ed22f3d1aff3cc6345b578bdc06e13f0d3029caba083692e2ea"},
		{`{"a":1.0,"b":0.1}`, `a=1.0,b=0.1`, "cc6cb5fbf14aceb90685e6d7b0499815568689c0cd169c5300e4b6f01f594a9d"},
		{`{"a":1e16,"b":1e-5,"c":1e15,"d":-0.0,"e":1e22}`, `a=1e+16,b=1e-05,c=1000000000000000.0,d=-0.0,e=1e+22`,
			"dbe15b3b0cd0f491563e95f1d7504fb6f86601968603c042931596c7a5eed1ee"},
		{`{"a":[1,"x",null,[]]}`, `a=[1, 'x', None, []]`, "c19c15ce9959892a3d7e121bf0645bab5dd30d2a64d25810f9349c56af93e47d"},
		{`{"a":{"n":[1.5,{}],"k":"v"}}`, `a={'n': [1.5, {}], 'k': 'v'}`,
			"9144da3a8a1f05cf1a12ee644823045bf594d116fba37f584c1c6845e96d82c3"},
		{`{"a":"it's"}`, `a="it's"`, "2bcf7040081e4fbf065c49edd5bc636eb13d83ad3965f99cdad650706bd22e2d"},
		{`{"a":"say \"hi\""}`, `a='say "hi"'`, "f58c53ff3d50ef6d911198b6a490fcd98ffe32116cf333991bca53f29a5fcce1"},
		{`{"a":"say \"hi\" it's"}`, `a='say "hi" it\'s'`, "637a249e824d784d0f58ae19ae442eb1c7a7747b32835d23f08f144e8021b8df"},
		{`{"a":"l1\nl2\tt\\r\r"}`, `a='l1\nl2\tt\\r\r'`, "e44259655916e28631aa30c60aa4da0376647280031a60993e77f3540bd07a5d"},
		{`{"a":"Привет é 漢"}`, `a='Привет é 漢'`, "173a4d39d1bf7c5547eaadee5bc0b5b99a47d88a1f072f45eb2dc95343939529"},
		{`{"a":"\u200b\u00a0\u2028\u00ad\ue000\ud83d\ude00\u0000\u001b\u007f"}`,
			`a='\u200b\xa0\u2028\xad\ue000😀\x00\x1b\x7f'`, "cd9d5feabcd94947cc15a04bbbfa1f37dcc179f25c51b9149433c6153e8eaa9e"},
		{`{"a":1180591620717411303424}`, `a=1180591620717411303424`,
			"f16cb2192f317cd1d9c939f24c5b806f0c98778212a083be80840720774b832b"},
		{`{"é":1,"Z":2,"_":3,"a":4}`, `Z=2,_=3,a=4,é=1`, "67d6a4ca41a8299171555c766fb372cc73e4fb80903e26cf96585974101561fa"},
	} {
		outputs, err := value.Decode(c.outputs)
		if err != nil {
			t.Fatal(err)
		}
		pairs := slices.Clone(outputs.Pairs())
		slices.SortFunc(pairs, func(a, b value.Pair) int { return strings.Compare(a.Key, b.Key) })
		var text []byte
		for i, p := range pairs {
			if i > 0 {
				text = append(text, ',')
			}
			text = value.AppendRepr(append(append(text, p.Key...), '='), p.Value)
		}
		if string(text) != c.text {
			t.Errorf("%s: %s, want %s", c.outputs, text, c.text)
		}
		if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != c.hash {
			t.Errorf("%s: hash %x, want %s", c.outputs, sum, c.hash)
		}
	}
}

func TestEqualKeysKeepPlaceAndTakeLastValue(t *testing.T) {
	var few, many []value.Pair
	for i, key := range strings.Fields("a b a c") {
		few = append(few, value.Pair{Key: key, Value: value.FromInt(int64(i))})
	}
	for i, key := range strings.Fields("a b a c d e f g h i j c k") {
		many = append(many, value.Pair{Key: key, Value: value.FromInt(int64(i))})
	}
	for want, pairs := range map[string][]value.Pair{
		`{"a":2,"b":1,"c":3}`: few,
		`{"a":2,"b":1,"c":11,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,"k":12}`: many,
	} {
		v := value.FromPairs(pairs)
		if got := string(value.AppendJSON(nil, v)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if c, found := v.Get("b"); !found || !value.Equal(c, value.FromInt(1)) {
			t.Errorf("b is %s", value.Repr(c))
		}
		if _, found := v.Get("z"); found {
			t.Error("found z")
		}
	}
	if _, found := value.FromString("a").Get("a"); found {
		t.Error("a string has no keys")
	}
}

func TestAccessors(t *testing.T) {
	huge := new(big.Int).Lsh(big.NewInt(1), 70)
	if i, fits := value.FromBig(big.NewInt(-7)).Int(); i != -7 || !fits {
		t.Error("a small big.Int is an int64")
	}
	if _, fits := value.FromBig(huge).Int(); fits || value.FromBig(huge).Big().Cmp(huge) != 0 {
		t.Error("a large one is not")
	}
	if value.FromInt(5).Big().Int64() != 5 || value.FromFloat(math.Pi).Float() != math.Pi || !value.FromBool(true).Bool() {
		t.Error("accessors do not give back what was put in")
	}
	var zero value.Value
	if !zero.IsNone() || zero.Kind() != value.None || value.FromItems(nil).IsNone() {
		t.Error("the zero value is None, and only it")
	}
	names := ""
	for k := range value.Kinds {
		names += value.Kind(k).String() + " "
	}
	if names != "NoneType bool int float str list dict " {
		t.Error(names)
	}
}

func TestBytesThatAreNoText(t *testing.T) {
	if got := value.Repr(value.FromString("a\xff\xed\xa0\x80\xed")); got != `'a\udcff\ud800\udced'` {
		t.Error(got)
	}
}

func TestDepthIsBounded(t *testing.T) {
	for _, open := range []string{"[", `{"a":`} {
		ok := strings.Repeat(open, value.MaxDepth) + "1" + strings.Repeat(map[string]string{"[": "]"}[open], value.MaxDepth)
		if open != "[" {
			ok = strings.Repeat(open, value.MaxDepth) + "1" + strings.Repeat("}", value.MaxDepth)
		}
		if _, err := value.Decode(ok); err != nil {
			t.Error(err)
		}
		_, err := value.Decode(strings.Repeat(open, 1_000_000))
		if err == nil || !strings.HasPrefix(err.Error(), "maximum recursion depth exceeded while decoding a JSON ") {
			t.Error(err)
		}
	}
}
