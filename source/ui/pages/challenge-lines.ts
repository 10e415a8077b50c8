import type {ChainLink} from '../../checks/describe-chain.js';
import {selectIsRecording} from '../../session/select/select.js';
import {selectIsUntried} from '../../session/select/select-is-untried.js';
import {selectChain} from '../../session/select/select-wording.js';
import type {SessionState} from '../../session/state.js';
import type {Symbols} from '../symbols.js';
import {type Line, type Span, span, widthOfLine} from '../text/line.js';
import {wrapLine} from '../text/wrap-line.js';
import {verdictLines} from './verdict-lines.js';

/** Today's verdict of the shown challenge, with its port chain; it changes by itself. */
export const challengeLines = (state: SessionState, columns: number, symbols: Symbols): Line[] => {
	const isRecording = selectIsRecording(state);
	const title: Line = [span(isRecording ? 'Judged, nothing runs' : 'Judged live', 'strong')];
	const verdict = state.challenges[state.stepId];
	if (!verdict) {
		return [title, [], [span(`Looking at the ${isRecording ? 'recording' : 'engine'}…`, 'muted')]];
	}
	const isPassed = state.passed[state.stepId] !== undefined && verdict.verdict !== 'passed';
	const before = span(`${symbols.verdict.passed} passed before, and that stays. `, 'passed');
	const chain = chainLines(selectChain(verdict), columns, symbols);
	return [
		title,
		[],
		...(isPassed ? wrapLine([before, span('As it is now:')], columns) : []),
		...verdictLines(verdict, columns, symbols, selectIsUntried(state, state.stepId)),
		...(chain.length > 0 ? [[], ...chain] : []),
	];
};

/** The links one behind the other, as many in a line as fit; the broken one is marked in words. */
const chainLines = (links: ChainLink[], columns: number, symbols: Symbols): Line[] => {
	const lines: Line[] = [];
	for (const [index, link] of links.entries()) {
		const spans = [...(index > 0 ? [span(`${symbols.leadsTo} `, 'muted')] : []), ...linkSpans(link, symbols)];
		const last = lines.at(-1);
		if (last && widthOfLine(last) + 1 + widthOfLine(spans) <= columns) last.push(span(' '), ...spans);
		else lines.push(...wrapLine(spans, columns));
	}
	return lines;
};

const linkSpans = ({text, state}: ChainLink, symbols: Symbols): Span[] => {
	switch (state) {
		case 'ok':
			return [span(text, 'passed')];
		case 'broken':
			return [span(`${symbols.status.failed} ${text}`, 'failed'), span(' (broken here)', 'failed')];
		case 'unreached':
			return [span(text, 'muted')];
	}
};
