import {createHash} from 'node:crypto';
import {toHtml} from 'hast-util-to-html';
import {h} from 'hastscript';
import {messages} from '../messages/index.js';
import {programFile} from '../pack/manifest.js';

type System = 'macos' | 'linux' | 'windows';

/** What the page says. */
export type HandedOut = {
	title: string;
	/** `<host>:<port>` */
	address: string;
	/** SHA-256, hexadecimal. */
	programHash: string;
	userAgent: string;
};

/** The oldest Node.js that runs the program. */
const nodeVersion = '20.19';

/**
 * The page for learners, which needs nothing else and runs nothing: the line for the browser's system first. `policy`:
 * the Content-Security-Policy that it is to be served with.
 */
export const handOutPage = (handedOut: HandedOut): {html: string; policy: string} => {
	const say = messages.hub.handOut;
	const {page} = say;
	const found = detectSystem(handedOut.userAgent);
	const systems: System[] = ['macos', 'windows', 'linux'];
	const [first = null, ...others] = [found, ...systems.filter(system => system !== found)].filter(
		system => system !== null,
	);
	const body = h(
		'body',
		h('main', [
			h('h1', handedOut.title),
			h('p', page.intro),
			...(isPhone(handedOut.userAgent)
				? [h('p', {className: 'phone'}, [page.phone, ' ', h('strong', `http://${handedOut.address}/`)])]
				: []),
			h('h2', page.needs),
			h('ul', [
				h('li', [
					h('strong', page.node(nodeVersion)),
					'. ',
					page.checkNode,
					' ',
					h('code', 'node --version'),
				]),
				h('li', [h('strong', page.docker), '. ', page.noDocker]),
			]),
			h('h2', page.start),
			...(found && first ? steps(first, handedOut) : []),
			...(found ? others : systems).map(system =>
				h('details', {open: !found}, [
					h('summary', page.otherSystem(page.systems[system].name)),
					...steps(system, handedOut),
				]),
			),
			h('details', [
				h('summary', page.noCurl),
				h('p', h('a', {href: `/${programFile}`, download: programFile}, page.download)),
				h('p', page.thenRun),
				line(join(handedOut)),
			]),
			h('h2', page.check),
			h('p', page.compare),
			line(handedOut.programHash, 'hash'),
			h('p', page.compute),
			...(found ? [line(hashCommands[found])] : systems.map(system => line(hashCommands[system]))),
			h('h2', page.trouble),
			h('ul', [h('li', page.cut), h('li', page.away)]),
			h('p', page.handIn),
			line(`node ${programFile} hand-in`),
		]),
	);
	const head = h('head', [
		h('meta', {charSet: 'utf-8'}),
		h('meta', {name: 'viewport', content: 'width=device-width, initial-scale=1'}),
		h('meta', {name: 'color-scheme', content: 'light dark'}),
		h('title', handedOut.title),
		h('style', styles),
	]);
	return {
		html: `<!doctype html>\n${toHtml(h('html', {lang: say.language}, [head, body]))}\n`,
		policy: `default-src 'none'; style-src 'sha256-${createHash('sha256').update(styles).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
	};
};

const steps = (system: System, handedOut: HandedOut) => {
	const {step, systems} = messages.hub.handOut.page;
	return [
		h('ol', [
			h('li', systems[system].open),
			h('li', [step.paste, line(startLine(system, handedOut))]),
			h('li', step.code),
		]),
	];
};

/** The one line for a system. PowerShell 5, which comes with Windows, has no `&&`, and another `curl`. */
const startLine = (system: System, handedOut: HandedOut): string => {
	const from = `http://${handedOut.address}/${programFile}`;
	return system === 'windows'
		? `curl.exe -fO ${from}; ${join(handedOut)}`
		: `curl -fO ${from} && ${join(handedOut)}`;
};

const join = ({address}: HandedOut): string => `node ${programFile} class join ${address}`;

const hashCommands: Record<System, string> = {
	macos: `shasum -a 256 ${programFile}`,
	linux: `sha256sum ${programFile}`,
	windows: `Get-FileHash ${programFile}`,
};

/** A keyboard must reach what is wider than the page. */
const line = (text: string, className = 'line') => h('pre', {className, tabIndex: 0}, h('code', text));

const isPhone = (userAgent: string): boolean => /Android|iPhone|iPad|Mobile/.test(userAgent);

const detectSystem = (userAgent: string): System | null => {
	if (isPhone(userAgent)) return null;
	if (/Windows/.test(userAgent)) return 'windows';
	if (/Macintosh|Mac OS X/.test(userAgent)) return 'macos';
	return /Linux|X11|CrOS/.test(userAgent) ? 'linux' : null;
};

const styles = `
:root { color-scheme: light dark; --text: #1b1f24; --ground: #fff; --muted: #57606a; --faint: #d0d7de; --code: #f3f5f8; --accent: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --text: #e9ecf1; --ground: #14171c; --muted: #a2abb7; --faint: #3a424d; --code: #20262e; --accent: #79b8ff; } }
body { margin: 0; font: 1.125rem/1.55 system-ui, sans-serif; color: var(--text); background: var(--ground); overflow-wrap: anywhere; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 2.1rem; line-height: 1.15; margin: 0 0 0.5rem; }
h2 { font-size: 1.35rem; line-height: 1.2; margin: 2.5rem 0 0.75rem; }
p { margin: 0.6rem 0; }
ul, ol { padding-left: 1.5rem; margin: 0.6rem 0; }
li { margin: 0.5rem 0; }
li::marker { color: var(--muted); font-weight: 600; }
a { color: var(--accent); }
code { font: 0.92em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--code); border-radius: 4px; padding: 0.1em 0.3em; }
pre { margin: 0.6rem 0; padding: 0.9rem 1rem; background: var(--code); border: 1px solid var(--faint); border-radius: 8px; white-space: pre-wrap; }
pre.line { border-left: 5px solid var(--accent); }
pre code { padding: 0; background: none; user-select: all; }
details { margin: 0.8rem 0; border-top: 1px solid var(--faint); padding-top: 0.8rem; }
summary { cursor: pointer; font-weight: 600; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.phone { padding: 0.9rem 1rem; border: 2px solid var(--accent); border-radius: 8px; }
`.trim();
