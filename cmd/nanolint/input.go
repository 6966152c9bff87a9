package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/gateway"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// maxSize is the size of the largest file that is read.
const maxSize = 256 << 20

var errTooLarge = fmt.Errorf("it is larger than %d MiB: split it into several files", maxSize>>20)

// load reads an input and tells its language.
func load(in input) (*source.File, syntax.Lang, error) {
	if in.err != nil {
		return nil, 0, in.err
	}
	if in.inside != nil {
		return source.NewFile(in.path, *in.inside), syntax.JSON, nil
	}
	var text string
	var err error
	if in.stdin != nil {
		text, err = readAll(in.stdin, 0)
	} else {
		text, err = readFile(in.path)
	}
	if err != nil {
		return nil, 0, reason(err)
	}
	if gateway.IsDatabaseText(text) {
		return nil, 0, errDatabase
	}
	if in.stdin != nil {
		return source.NewFile(in.path, text), in.lang.of(in.path, text), nil
	}
	return source.NewFile(in.path, text), language(in.path, text), nil
}

func readFile(path string) (string, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		if link, lerr := os.Lstat(path); lerr == nil && link.Mode()&fs.ModeSymlink != 0 && errors.Is(err, fs.ErrNotExist) {
			return "", errors.New("the link leads to no file")
		}
		return "", err
	case info.IsDir():
		return "", errors.New("it is a directory: name a file in it")
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("it is a %s, not a file: pipe it into standard input, whose name is -", kindOf(info.Mode()))
	case info.Size() > maxSize:
		return "", errTooLarge
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return readAll(f, info.Size())
}

func kindOf(m fs.FileMode) string {
	switch {
	case m&fs.ModeNamedPipe != 0:
		return "named pipe"
	case m&fs.ModeSocket != 0:
		return "socket"
	}
	return "device"
}

// readAll reads up to maxSize bytes. The file may have grown or shrunk since somebody asked for its size.
func readAll(r io.Reader, size int64) (string, error) {
	buf := make([]byte, 0, max(size, 512)+1) // one more, to meet the end without growing
	for {
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		switch {
		case len(buf) > maxSize:
			return "", errTooLarge
		case errors.Is(err, io.EOF):
			return string(buf), nil
		case err != nil:
			return "", err
		case len(buf) == cap(buf):
			buf = slices.Grow(buf, len(buf))
		}
	}
}

// language is what the extension says, or else what the text begins with.
func language(path, text string) syntax.Lang {
	switch ext(path) {
	case ".json":
		return syntax.JSON
	case ".jsonl":
		return syntax.JSONL
	case ".yaml", ".yml":
		return syntax.YAML
	case ".py":
		return syntax.Python
	case ".md", ".mdx":
		return syntax.Markdown
	case ".txt":
		return answered(text)
	}
	text = strings.TrimLeft(strings.TrimPrefix(text, "\ufeff"), " \t\r\n")
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		return syntax.JSON
	}
	line, _, _ := strings.Cut(text, "\n")
	if strings.HasPrefix(line, "import ") || strings.HasPrefix(line, "from ") || strings.HasPrefix(line, "#!") && strings.Contains(line, "python") {
		return syntax.Python
	}
	return syntax.YAML
}
