import type {ChainLink} from '../../checks/describe-chain.js';
import type {Verdict} from '../../checks/model.js';
import {selectChain} from '../../session/select/select-wording.js';
import type {Symbols} from '../symbols.js';
import {type Line, span} from '../text/line.js';
import {wrapLine} from '../text/wrap-line.js';
import type {Style} from '../theme.js';
import {verdictLines} from './verdict-lines.js';

/** Today's verdict of a challenge with the port chain; it changes by itself. */
export const challengeLines = (verdict: Verdict | undefined, columns: number, symbols: Symbols): Line[] => {
	const title: Line = [span('Judged live', 'strong')];
	if (!verdict) return [title, [], [span('Looking at the engine…', 'muted')]];
	const chain = selectChain(verdict).flatMap(link => linkLines(link, columns, symbols));
	return [title, [], ...verdictLines(verdict, columns, symbols), ...(chain.length > 0 ? [[], ...chain] : [])];
};

const linkLines = ({text, state}: ChainLink, columns: number, symbols: Symbols): Line[] => {
	const look: Record<ChainLink['state'], {mark: string; style: Style; words: string}> = {
		ok: {mark: symbols.status.done, style: 'passed', words: ''},
		broken: {mark: symbols.status.failed, style: 'failed', words: ` ${symbols.arrows.left} broken here`},
		unreached: {mark: symbols.status.waiting, style: 'muted', words: ' (not reached)'},
	};
	const {mark, style, words} = look[state];
	return wrapLine([span(text, style === 'muted' ? 'muted' : 'plain'), span(words, style)], columns - 2).map(
		(line, index) => [span(index === 0 ? `${mark} ` : '  ', style), ...line],
	);
};
