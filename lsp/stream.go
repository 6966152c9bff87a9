package lsp

import (
	"context"
	"errors"

	"go.lsp.dev/jsonrpc2"
)

// tolerant is a stream that answers what is no message with an error, and goes on behind it. For the connection, it
// would be the end.
type tolerant struct{ jsonrpc2.Stream }

func (t tolerant) Read(ctx context.Context) (jsonrpc2.Message, int64, error) {
	for {
		message, n, err := t.Stream.Read(ctx)
		if !errors.Is(err, jsonrpc2.ErrParse) && !errors.Is(err, jsonrpc2.ErrInvalidRequest) {
			return message, n, err
		}
		if _, err := t.Write(ctx, jsonrpc2.NewResponse(jsonrpc2.ID{}, nil, err)); err != nil {
			return nil, 0, err
		}
	}
}
