import type {EngineIdentity} from '../../session/ports.js';
import {selectPlace} from '../../session/select/select.js';
import type {EngineState, SessionState} from '../../session/state.js';
import {builderName} from '../panes/builder-name.js';
import {type Line, type Span, span, spreadLine, widthOfLine} from '../text/line.js';
import {spacing} from '../theme.js';

/** Between what stands left and what stands right. */
const leastGap = 3;

/** Which workshop, where in it, and by what it runs: the first line of every screen. */
export const headerLine = (state: SessionState, columns: number): Line => {
	const margin = span(' '.repeat(spacing.margin));
	// What says that this is a recording stays; in little room the engine goes first, then the builder.
	let badges = [recordedBadge(state.engine), builderBadge(state), engineBadge(state.engine)].filter(
		badge => badge !== null,
	);
	while (badges.length > 1 && widthOfLine(join(badges)) > columns / 2) badges = badges.slice(0, -1);
	const room = columns - 2 * spacing.margin - widthOfLine(join(badges)) - leastGap;
	return [...spreadLine([margin, ...titleLine(state, room)], join(badges), columns - spacing.margin), margin];
};

/** Workshop and chapter; the chapter alone where there is no room for both. */
const titleLine = (state: SessionState, columns: number): Line => {
	const title = span(state.workshop.title, 'strong');
	if (state.screen !== 'step') return [title];
	const {chapter, chapterNumber, chapterCount} = selectPlace(state);
	const place = span(`${chapterNumber}/${chapterCount} ${chapter.title}`);
	const both = [title, span('  '), place];
	return widthOfLine(both) <= columns ? both : [place];
};

const recordedBadge = (engine: EngineState): Span | null =>
	engine.status === 'ready' && engine.identity.recorded ? span('RECORDED', 'recorded') : null;

const builderBadge = (state: SessionState): Span | null =>
	state.screen === 'step'
		? span(`builder: ${builderName(state.builder)}${state.builder === 'buildah' ? '' : ' [b]'}`)
		: null;

const engineBadge = (engine: EngineState): Span => {
	if (engine.status === 'connecting') return span('connecting…', 'muted');
	if (engine.status === 'missing') return span('no engine', 'failed');
	return span(`${engineName(engine.identity)} ${engine.identity.version}`);
};

/** Within a sentence, or at the end of a line. */
const engineName = ({cli}: EngineIdentity): string => (cli.podman === undefined ? 'engine' : 'Podman');

const join = (badges: Span[]): Line =>
	badges.flatMap((badge, index) => (index > 0 ? [span('   '), badge] : [badge]));
