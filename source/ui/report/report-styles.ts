/** The look of the HTML report, light and dark as the reader's system is, and on paper. */
export const reportStyles = `
:root { color-scheme: light dark; --text: #1f2328; --ground: #fff; --muted: #59636e; --faint: #d1d9e0; --code: #f0f2f5; --good: #1a7f37; --bad: #cf222e; --warn: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ee; --ground: #15181d; --muted: #9aa4b0; --faint: #363d47; --code: #232830; --good: #4ac26b; --bad: #ff7b72; --warn: #d4a72c; } }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.2; }
h1 { margin-bottom: 0.3rem; }
h2 { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--faint); }
h3 { margin: 2rem 0 0.8rem; }
p { margin: 0.3rem 0; }
.made, small, figcaption { color: var(--muted); }
ul { padding-left: 1.2rem; }
ol { padding-left: 1.6rem; }
ol li { margin: 1rem 0; break-inside: avoid; }
ol li.open { margin: 0.4rem 0; }
ol li::marker { color: var(--muted); }
.title { display: flex; flex-wrap: wrap; gap: 0 0.8rem; align-items: baseline; }
.title small { margin-left: auto; }
code { font: 0.9em ui-monospace, Menlo, Consolas, monospace; background: var(--code); border-radius: 4px; padding: 0.1em 0.3em; }
pre { margin: 0.3rem 0; padding: 0.4rem 0.6rem; background: var(--code); border-radius: 6px; white-space: pre-wrap; }
pre code { padding: 0; }
.result { color: var(--muted); }
.passed .result { color: var(--good); }
.failed .result { color: var(--bad); }
.unknown .result { color: var(--warn); }
figure { margin: 2rem 0; break-inside: avoid; }
figcaption { margin-bottom: 0.5rem; font: 0.9em ui-monospace, Menlo, Consolas, monospace; }
svg { display: block; width: 100%; height: auto; font: 14px system-ui, sans-serif; fill: var(--text); }
svg .build { font-weight: 600; }
svg .time, svg .axis { fill: var(--muted); }
svg .axis { font-size: 12px; text-anchor: middle; }
svg .mark { stroke: var(--faint); }
svg rect { fill: var(--good); }
svg rect.failed { fill: var(--bad); }
svg rect.cancelled { fill: var(--warn); }
@media print { body { max-width: none; margin: 0; } svg rect { print-color-adjust: exact; } }
`.trim();
