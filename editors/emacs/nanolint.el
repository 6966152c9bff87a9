;;; nanolint in Emacs, with eglot: copy this to your init file.
;; Eglot talks to one server in a buffer: leave out the modes in which you want another.
(with-eval-after-load 'eglot
  (dolist (modes '((yaml-mode yaml-ts-mode)
                   (json-mode json-ts-mode (js-json-mode :language-id "json"))
                   (python-mode python-ts-mode)
                   (markdown-mode)))
    (add-to-list 'eglot-server-programs `(,modes "nanolint" "lsp"))))
;; Emacs up to 28 reads JSON as JavaScript, unless there is the package json-mode.
(unless (or (fboundp 'json-mode) (fboundp 'js-json-mode))
  (define-derived-mode json-mode js-mode "JSON")
  (add-to-list 'auto-mode-alist '("\\.json\\'" . json-mode)))
