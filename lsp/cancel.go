package lsp

import (
	"context"
	"sync"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// cancelable lets the editor cancel the requests that are being answered.
//
// The handler of that name in the library derives its contexts from one that is used again for the next request;
// this one derives them from the connection's.
func (s *Server) cancelable(next jsonrpc2.Handler) jsonrpc2.Handler {
	var mu sync.Mutex
	answering := make(map[jsonrpc2.ID]context.CancelFunc)
	return func(ctx context.Context, req *jsonrpc2.Request) (any, error) {
		if req.Method() == protocol.MethodCancelRequest {
			if id, ok := s.canceled(req); ok {
				mu.Lock()
				defer mu.Unlock()
				if cancel := answering[id]; cancel != nil {
					cancel()
				}
			}
			return nil, nil
		}
		if !req.IsCall() {
			return next(ctx, req)
		}
		s.answering.Add(1)
		defer func() {
			s.answering.Add(-1)
			select {
			case s.answered <- struct{}{}:
			default:
			}
		}()
		id := req.ID()
		cancelable, cancel := context.WithCancel(jsonrpc2.DetachContext(ctx))
		mu.Lock()
		answering[id] = cancel
		mu.Unlock()
		defer func() {
			mu.Lock()
			delete(answering, id)
			mu.Unlock()
			cancel()
		}()
		return next(requestContext{cancelable, ctx}, req)
	}
}

// canceled is the request that a notification cancels.
func (s *Server) canceled(req *jsonrpc2.Request) (id jsonrpc2.ID, ok bool) {
	var params protocol.CancelParams
	if err := protocol.Unmarshal(req.Params(), &params); err != nil {
		s.log("%s: %v", protocol.MethodCancelRequest, err)
		return id, false
	}
	switch id := params.ID.(type) {
	case protocol.Integer:
		return jsonrpc2.NewNumberID(int64(id)), true
	case protocol.String:
		return jsonrpc2.NewStringID(string(id)), true
	}
	return id, false
}

// requestContext is a context of our own with the values of a request, by which it is let go.
type requestContext struct {
	context.Context
	request context.Context
}

func (c requestContext) Value(key any) any { return c.request.Value(key) }
