import {inspect} from 'node:util';
import {stripColours} from '../../text/terminal-text.js';
import type {Line, Span} from '../../view/line.js';
import {toAscii} from '../../view/symbols.js';
import {type Look, type Style, theme, uncoloured} from '../../view/theme.js';
import type {RenderContext} from './render-context.js';

/** A line as text for the terminal, with the escape sequences of its styles. */
export const paintLine = (line: Line, renderContext: RenderContext, isMuted = false): string =>
	line.map(span => paintSpan(span, renderContext, isMuted)).join('');

const paintSpan = ({text, style}: Span, {symbols, isColoured}: RenderContext, isMuted: boolean): string => {
	const shown = isColoured ? text : stripColours(text);
	const written = symbols.borderStyle === 'classic' ? toAscii(shown) : shown;
	const {begin, end} = styleSequences(style, isColoured, isMuted);
	if (begin === '') return written;
	// Output may contain sequences that reset its own colours: start ours again after them.
	return `${begin}${written.includes('\u001B') ? written.replace(endSequences, `$&${begin}`) : written}${end}`;
};

type Sequences = {begin: string; end: string};

/** The sequences that end a look. */
const endSequences = /\u001B\[(?:0|22|23|24|27|39|)m/g;

const sequenceCache = new Map<string, Sequences>();

const styleSequences = (style: Style, isColoured: boolean, isMuted: boolean): Sequences => {
	const key = `${style} ${isColoured} ${isMuted}`;
	const found = sequenceCache.get(key) ?? makeSequences(visibleLooks(style, isColoured, isMuted));
	sequenceCache.set(key, found);
	return found;
};

const visibleLooks = (style: Style, isColoured: boolean, isMuted: boolean): Look[] => [
	...new Set(
		[...theme[style], ...(isMuted ? theme.muted : [])].filter(look => isColoured || uncoloured.has(look)),
	),
];

const makeSequences = (looks: Look[]): Sequences => {
	const codes = looks.map(look => inspect.colors[look] ?? [0, 0]);
	return {
		begin: codes.map(([begin]) => `\u001B[${begin}m`).join(''),
		end: codes
			.map(([, end]) => `\u001B[${end}m`)
			.toReversed()
			.join(''),
	};
};
