// Package lsp is nanolint's language server: it speaks the Language Server Protocol and asks the other packages.
// It decides nothing: what is wrong, where control goes and what a variable may hold is said elsewhere.
//
// A document is a chain of immutable states. A notification replaces the state and returns at once; a
// request answers for the state that it met, however many edits come behind it. So nothing waits
// for an analysis but those who ask for its result, and of many edits in a row only the last is analyzed.
// A panic in one request is an error for that request, and the documents stay.
//
// Broken text is the normal case: a request that needs a tree takes what could be read. The package does
// not run programs, write files, or talk to anything but the editor.
package lsp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/config"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// Options say what a server is made of.
type Options struct {
	Version string
	Rules   []*rules.Rule // nil: those that run by default

	// Configure says how a file is checked, by its path; nil: by Rules, for the newest machine. It may be asked by several
	// goroutines, and is asked again for all files when one of ConfigFiles has changed.
	Configure   func(path string) validator.Options
	ConfigFiles []string // names

	// Generation is another number when a configuration, or a file that one names, has changed; nil: nobody knows.
	Generation func() int

	// Configuration reads a text as the configuration at a path; nil: they are not checked. Its result is nil for a text that
	// says nothing about nanolint.
	Configuration func(path, text string) *config.Config

	// Files calls yield for the files of a directory that may hold programs, and for configurations, in a fixed order.
	Files func(dir string, yield func(path string) bool)

	// Opened is told how many bytes a document has that is opened; nil: nobody wants to know.
	Opened func(bytes int)

	// Log takes what went wrong inside the server, line by line.
	Log io.Writer
}

// ErrNoShutdown is returned by [Serve] if the editor ended the session without asking for it first.
var ErrNoShutdown = errors.New("the client left without a shutdown request")

// Server is one session with an editor. Its methods answer the requests of the protocol.
type Server struct {
	protocol.UnimplementedServer
	options Options
	session context.Context // ends with the connection
	conn    jsonrpc2.Conn
	client  protocol.Client

	states atomic.Int64 // how many there have been

	answering atomic.Int32  // how many requests are
	answered  chan struct{} // told when there is one less

	phase  phase // the read loop's alone
	exited bool  // the editor said so, after a shutdown request

	mu        sync.Mutex
	encoding  source.Encoding
	can       abilities
	documents map[string]*document // open ones, by URI
	workspace workspace
	dirty     []string      // URIs whose diagnostics are out of date, each once
	wake      chan struct{} // told when there are some
	tasks     sync.WaitGroup
}

// phase is how far a session has come.
type phase uint8

const (
	starting phase = iota
	running
	closing
)

// Serve talks to an editor until it leaves or the stream ends.
func Serve(ctx context.Context, stream io.ReadWriteCloser, o Options) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := &Server{
		session: ctx, options: o, documents: make(map[string]*document), wake: make(chan struct{}, 1), answered: make(chan struct{}, 1),
		conn: jsonrpc2.NewConn(tolerant{jsonrpc2.NewStream(stream)}, jsonrpc2.WithCodec(codec{})),
	}
	s.client = protocol.ClientDispatcher(s.conn)
	s.tasks.Go(func() { s.publishAll(ctx) })
	s.conn.Go(ctx, s.cancelable(s.guard(protocol.ServerHandler(s, jsonrpc2.MethodNotFoundHandler))))
	<-s.conn.Done()
	stop()
	s.tasks.Wait()
	if err := s.conn.Err(); err != nil && !s.exited {
		return err
	}
	if s.phase != closing && s.phase != starting {
		return ErrNoShutdown
	}
	return nil
}

// guard keeps the order of a session, and keeps mistakes inside the request that met them: for the
// connection below, an error of a notification or a panic would be the end.
func (s *Server) guard(next jsonrpc2.Handler) jsonrpc2.Handler {
	return func(ctx context.Context, req *jsonrpc2.Request) (result any, err error) {
		method := string([]byte(req.Method())) // the request's own is gone once it is released
		defer func() {
			if v := recover(); v != nil {
				s.log("%s panicked: %v\n%s", method, v, debug.Stack())
				result, err = nil, jsonrpc2.Errorf(jsonrpc2.InternalError, "%s: an internal error of nanolint: %v", method, v)
			}
			if req.IsCall() && errors.Is(err, jsonrpc2.ErrParse) {
				err = jsonrpc2.Errorf(jsonrpc2.InvalidParams, "the parameters of %s cannot be read: %v", method, err)
			}
			if !req.IsCall() && err != nil {
				if !errors.Is(err, jsonrpc2.ErrMethodNotFound) { // whoever does not know a notification ignores it
					s.log("%s: %v", method, err)
				}
				result, err = nil, nil
			}
		}()
		switch {
		case s.phase == starting && method != protocol.MethodInitialize && method != protocol.MethodExit:
			return nil, jsonrpc2.NewError(jsonrpc2.ServerNotInitialized, "the first request must be initialize")
		case s.phase != starting && method == protocol.MethodInitialize:
			return nil, jsonrpc2.NewError(jsonrpc2.InvalidRequest, "the session has begun already")
		case s.phase == closing && method != protocol.MethodExit:
			return nil, jsonrpc2.NewError(jsonrpc2.InvalidRequest, "the server is shutting down")
		}
		return next(ctx, req)
	}
}

// log says what went wrong inside the server, where an editor shows it and where the process logs.
func (s *Server) log(format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if s.options.Log != nil {
		fmt.Fprintln(s.options.Log, message)
	}
	// Who cannot be told any more has left.
	_ = s.client.LogMessage(context.Background(), &protocol.LogMessageParams{Type: protocol.MessageTypeError, Message: message})
}

// codec encodes what the protocol's types are, unions included.
type codec struct{}

func (codec) Marshal(v any) ([]byte, error) {
	if raw, ok := v.(jsonrpc2.RawMessage); ok {
		return raw, nil
	}
	return protocol.Marshal(v)
}

func (codec) Unmarshal(data []byte, v any) error {
	if raw, ok := v.(*jsonrpc2.RawMessage); ok {
		*raw = append((*raw)[:0], data...)
		return nil
	}
	return protocol.Unmarshal(data, v)
}
