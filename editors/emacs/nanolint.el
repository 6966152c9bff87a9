;;; nanolint in Emacs, with eglot: copy this to your init file.
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((yaml-mode yaml-ts-mode json-mode json-ts-mode) . ("nanolint" "lsp"))))
