/** The look of the HTML report, light and dark as the reader's system is. */
export const reportStyles = `
:root { color-scheme: light dark; --text: #1f2328; --ground: #fff; --muted: #59636e; --code: #f0f2f5; --good: #1a7f37; --bad: #cf222e; --warn: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ee; --ground: #15181d; --muted: #9aa4b0; --code: #232830; --good: #4ac26b; --bad: #ff7b72; --warn: #d4a72c; } }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.2; }
h2 { margin-top: 2.5rem; }
.made, small, figcaption { color: var(--muted); }
li { margin: 0.4rem 0; }
li p { margin: 0.2rem 0; }
code { font: 0.9em ui-monospace, Menlo, Consolas, monospace; background: var(--code); border-radius: 4px; padding: 0.1em 0.3em; }
pre { margin: 0.3rem 0; padding: 0.4rem 0.6rem; background: var(--code); border-radius: 6px; white-space: pre-wrap; }
pre code, figcaption code { padding: 0; }
.result { color: var(--muted); }
.passed .result { color: var(--good); }
.failed .result { color: var(--bad); }
.unknown .result { color: var(--warn); }
figure { margin: 1.5rem 0; }
figcaption { font: 0.9em ui-monospace, Menlo, Consolas, monospace; }
svg { width: 100%; height: auto; font: 14px system-ui, sans-serif; fill: var(--text); }
svg .build { font-weight: 600; }
svg .time { fill: var(--muted); }
svg rect { fill: var(--good); }
svg rect.failed { fill: var(--bad); }
svg rect.cancelled { fill: var(--warn); }
`.trim();
