/** The style of the page; light or dark as the reader's system is. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --soft: #f3f5f7; --line: #d5dae0; --text: #1b2128; --faint: #5b6672;
  --dashed: #d9480f; --solid: #0b7285; --good: #2b7a3d; --bad: #b02a37; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181d; --soft: #1e242b; --line: #363f49; --text: #e6eaee;
  --faint: #9aa6b2; --dashed: #ffa94d; --solid: #66d9e8; --good: #69db7c; --bad: #ff8787; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
p { margin: .3rem 0; }
.faint { color: var(--faint); }
.verdict { font-size: 1.1rem; font-weight: 600; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; color: var(--faint); font-size: .9rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.better { color: var(--good); } .worse { color: var(--bad); }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1.25rem; margin: 0; }
dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
code { font: .875rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.frames { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); gap: 1.25rem; }
figure { margin: 0; } figcaption { font-size: .9rem; overflow-wrap: anywhere; }
svg { display: block; width: 100%; height: auto; background: #1e242b; border: 1px solid var(--line); }
figure { --dashed: #ffa94d; --solid: #66d9e8; } figure path { filter: drop-shadow(0 0 1px #000); }
.key { width: 2.2rem; height: .6rem; display: inline-block; border: 0; background: none; vertical-align: middle; }
path { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; }
.dashed { stroke: var(--dashed); stroke-dasharray: 5 4; } .solid { stroke: var(--solid); }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; }
  th, td { padding-right: .5rem; } main { padding: 1rem .85rem 3rem; } }
@media print { h2 { break-after: avoid; } figure, tr { break-inside: avoid; } }
`;
