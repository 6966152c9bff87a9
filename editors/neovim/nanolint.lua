-- nanolint in Neovim from 0.8 on: copy this to your init.lua. From 0.11 on the lines of docs/editors.md do the same.
vim.api.nvim_create_autocmd('FileType', {
  pattern = { 'yaml', 'json', 'jsonc', 'jsonl', 'python', 'markdown', 'mdx' },
  callback = function(event)
    vim.lsp.start({
      name = 'nanolint',
      cmd = { 'nanolint', 'lsp' },
      root_dir = vim.fs and vim.fs.dirname(vim.fs.find({ '.nanolint.yaml', '.git' }, { upward = true, path = event.file })[1])
        or vim.fn.fnamemodify(event.file, ':p:h'),
    })
  end,
})
