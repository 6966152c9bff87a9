package report_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
)

// xsd is as much of XML Schema as the schemas in testdata/schemas need: global elements whose content is a
// sequence of references, text, or nothing; and attributes. A schema that needs more cannot be read.
type xsd struct {
	Elements []xsdElement `xml:"element"`
}

type xsdElement struct {
	Name    string      `xml:"name,attr"`
	Type    string      `xml:"type,attr"`
	Complex *xsdComplex `xml:"complexType"`
}

type xsdComplex struct {
	Mixed      bool           `xml:"mixed,attr"`
	Sequence   []xsdRef       `xml:"sequence>element"`
	Attributes []xsdAttribute `xml:"attribute"`
	Choice     *struct{}      `xml:"choice"`
	All        *struct{}      `xml:"all"`
}

type xsdRef struct {
	Ref string `xml:"ref,attr"`
	Min string `xml:"minOccurs,attr"`
	Max string `xml:"maxOccurs,attr"`
}

type xsdAttribute struct {
	Name   string   `xml:"name,attr"`
	Type   string   `xml:"type,attr"`
	Use    string   `xml:"use,attr"`
	Values []xsdEnu `xml:"simpleType>restriction>enumeration"`
}

type xsdEnu struct {
	Value string `xml:"value,attr"`
}

func readXSD(t *testing.T, path string) xsd {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var x xsd
	if err := xml.Unmarshal(text, &x); err != nil {
		t.Fatal(err)
	}
	for _, e := range x.Elements {
		if e.Complex == nil && e.Type != "xs:string" || e.Complex != nil && (e.Complex.Choice != nil || e.Complex.All != nil) {
			t.Fatalf("%s: element %s needs more of XML Schema than this test knows", path, e.Name)
		}
	}
	return x
}

// node is an element of a document.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []node     `xml:",any"`
	Text     string     `xml:",chardata"`
}

// validate reports what of a document is not as the schema has it. The root is the element of that name.
func (x xsd) validate(document []byte, root string) error {
	d := xml.NewDecoder(bytes.NewReader(document))
	var n node
	if err := d.Decode(&n); err != nil {
		return err
	}
	if rest := bytes.TrimSpace(document[d.InputOffset():]); len(rest) > 0 {
		return fmt.Errorf("%q follows the root", rest)
	}
	if n.XMLName.Local != root {
		return fmt.Errorf("the root is %s, want %s", n.XMLName.Local, root)
	}
	return x.element(n)
}

func (x xsd) element(n node) error {
	name := n.XMLName.Local
	i := slices.IndexFunc(x.Elements, func(e xsdElement) bool { return e.Name == name })
	if i < 0 {
		return fmt.Errorf("there is no element %s", name)
	}
	c := x.Elements[i].Complex
	if c == nil {
		c = &xsdComplex{Mixed: true}
	}
	if !c.Mixed && len(bytes.TrimSpace([]byte(n.Text))) > 0 {
		return fmt.Errorf("%s holds text: %q", name, n.Text)
	}
	if err := c.attributes(n); err != nil {
		return err
	}
	if err := c.children(n); err != nil {
		return err
	}
	for _, child := range n.Children {
		if err := x.element(child); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (c *xsdComplex) attributes(n node) error {
	for _, a := range c.Attributes {
		i := slices.IndexFunc(n.Attrs, func(x xml.Attr) bool { return x.Name.Local == a.Name })
		if i < 0 {
			if a.Use == "required" {
				return fmt.Errorf("%s has no %s", n.XMLName.Local, a.Name)
			}
			continue
		}
		value := n.Attrs[i].Value
		if a.Values != nil && !slices.Contains(a.Values, xsdEnu{value}) {
			return fmt.Errorf("%s of %s is %q", a.Name, n.XMLName.Local, value)
		}
		if number, err := strconv.Atoi(value); a.Type == "xs:positiveInteger" && (err != nil || number < 1) {
			return fmt.Errorf("%s of %s is %q", a.Name, n.XMLName.Local, value)
		}
	}
	for _, a := range n.Attrs {
		if !slices.ContainsFunc(c.Attributes, func(x xsdAttribute) bool { return x.Name == a.Name.Local }) {
			return fmt.Errorf("%s has no attribute %s", n.XMLName.Local, a.Name.Local)
		}
	}
	return nil
}

// children reads the children along the sequence.
func (c *xsdComplex) children(n node) error {
	at := 0
	for _, ref := range c.Sequence {
		count := 0
		for at < len(n.Children) && n.Children[at].XMLName.Local == ref.Ref {
			at++
			count++
		}
		least, most := 1, 1
		if ref.Min != "" {
			least, _ = strconv.Atoi(ref.Min)
		}
		if ref.Max == "unbounded" {
			most = len(n.Children)
		} else if ref.Max != "" {
			most, _ = strconv.Atoi(ref.Max)
		}
		if count < least || count > most {
			return fmt.Errorf("%s holds %d of %s, want %d to %s", n.XMLName.Local, count, ref.Ref, least, ref.Max)
		}
	}
	if at < len(n.Children) {
		return fmt.Errorf("%s may not hold %s at its place", n.XMLName.Local, n.Children[at].XMLName.Local)
	}
	return nil
}

// The test's own reader of schemas refuses what it should.
func TestXSD(t *testing.T) {
	junit, checkstyle := readXSD(t, "../testdata/schemas/junit.xsd"), readXSD(t, "../testdata/schemas/checkstyle.xsd")
	for _, c := range []struct {
		schema         xsd
		root, document string
		valid          bool
	}{
		{junit, "testsuites", `<testsuites/>`, true},
		{junit, "testsuites", `<testsuite name="a" tests="0"/>`, false},
		{junit, "testsuites", `<testsuites>text</testsuites>`, false},
		{junit, "testsuites", `<testsuites><testcase name="a"/></testsuites>`, false},
		{junit, "testsuites", `<testsuites><testsuite name="a" tests="1"><testcase name="a"/></testsuite></testsuites>`, true},
		{junit, "testsuites", `<testsuites><testsuite tests="1"/></testsuites>`, false},
		{junit, "testsuites", `<testsuites><testsuite name="a" tests="1" failed="1"/></testsuites>`, false},
		{junit, "testsuites", `<testsuites><testsuite name="a" tests="1"><testcase name="a"><failure/><error/></testcase></testsuite></testsuites>`, false},
		{junit, "testsuites", `<testsuites><testsuite name="a" tests="1"><testcase name="a"><error/><failure>x</failure></testcase></testsuite></testsuites>`, true},
		{checkstyle, "checkstyle", `<checkstyle version="1"><file name="a"><error line="0" severity="info" message="" source=""/></file></checkstyle>`, false},
		{checkstyle, "checkstyle", `<checkstyle version="1"><file name="a"><error line="1" severity="bad" message="" source=""/></file></checkstyle>`, false},
		{checkstyle, "checkstyle", `<checkstyle version="1"/><checkstyle/>`, false},
	} {
		if err := c.schema.validate([]byte(c.document), c.root); (err == nil) != c.valid {
			t.Errorf("%s\nvalid is %v, want %v: %v", c.document, err == nil, c.valid, err)
		}
	}
}
