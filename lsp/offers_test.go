package lsp

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// Of the names of a long program only the nearest are offered, and to those who type on those that fit, however far they are.
func TestOffersOfMany(t *testing.T) {
	c := start(t, nil, nil)
	c.initialize(usual)
	u := root + "long.yaml"
	text := longProgram(1200)
	last := "$said_1192 == 'yes'"
	if !strings.Contains(text, last) {
		t.Fatal("the program is another one")
	}
	c.open(u, "yaml", text)
	c.diagnostics(u)
	for _, test := range []struct {
		over, typed string   // what is written instead of what
		first       string   // of the offers
		among       []string // also offered
		more        bool
	}{
		{last, "$", "$said_1192", []string{"$step_1192.output", "$out_1187"}, true},
		{last, "$sd8", "$said_1188", []string{"$said_888", "$said_988"}, true},
		{last, "$said_8", "$said_8", []string{"$said_84", "$said_888"}, true},
		{last, "$city", "$city", nil, true},
		{last, "$said_1192 == ", "'yes'", []string{"'no'", "$said_1192", "None"}, true},
		{last, "$said_1192 == '", "yes", []string{"no"}, false},
		{"otherwise: step_1195", "otherwise: ", "step_1194", []string{"step_1199", "step_0"}, true},
		{"otherwise: step_1195", "otherwise: step_77", "step_77", []string{"step_770", "step_787"}, true},
	} {
		from := strings.Index(text, test.over)
		c.open(u, "yaml", text[:from]+test.typed+text[from+len(test.over):])
		answer, err := c.at("textDocument/completion", u, from+len(test.typed), nil)
		if err != nil {
			t.Fatal(err)
		}
		var list struct {
			IsIncomplete bool
			Items        []struct{ Label string }
		}
		if err := json.Unmarshal(answer, &list); err != nil {
			t.Fatal(err)
		}
		var labels []string
		for _, item := range list.Items {
			labels = append(labels, item.Label)
		}
		if len(labels) == 0 || labels[0] != test.first || list.IsIncomplete != test.more || len(labels) > mostOffers+10 {
			t.Errorf("%s: %v, more: %v", test.typed, labels, list.IsIncomplete)
		}
		for _, label := range test.among {
			if !slices.Contains(labels, label) {
				t.Errorf("%s: %s is not among %v", test.typed, label, labels)
			}
		}
	}
}
