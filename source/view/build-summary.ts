import prettyBytes from 'pretty-bytes';
import {messages} from '../messages/index.js';
import {createTimeline, selectCause} from '../session/select-builds.js';
import type {RunView} from '../session/state.js';
import type {Build} from '../stages/model.js';
import {failureLines} from './failure-lines.js';
import {type Line, sentenceSpans, span, wrapLine} from './line.js';
import type {Symbols} from './symbols.js';
import {timelineLines} from './timeline-lines.js';
import {listImageNames} from './wording.js';

/** How many of the last lines of output are repeated. */
const outputLines = 20;

/**
 * What a build of the user's own leaves in the scrollback: its command, its stages with their seconds, the image, and
 * where it failed. `isCancelled`: the user has ended it; `bytes`: the size of its image; null if unknown.
 */
export const buildSummary = (
	{run, isCancelled, bytes}: {run: RunView; isCancelled: boolean; bytes: number | null},
	columns: number,
	symbols: Symbols,
): Line[] => {
	const {build, outcome, commandLine} = run;
	const timeline = createTimeline(run);
	const hasFailed = outcome?.ended !== 'exited' || outcome.exitCode !== 0;
	const sign = hasFailed
		? span(`${symbols.status.failed} `, 'failed')
		: span(`${symbols.status.done} `, 'passed');
	return [
		...wrapLine([sign, span(commandLine, 'strong')], columns),
		...(timeline && timeline.stages.length > 0 ? timelineLines(timeline, columns, symbols) : []),
		...(hasFailed ? failedLines(run, isCancelled, columns, symbols) : imageLines(build, bytes)),
		...(build?.notes ?? []).flatMap(note => wrapLine(sentenceSpans(note, symbols.code), columns)),
	];
};

const imageLines = (build: Build | null, bytes: number | null): Line[] => {
	const name = (build && listImageNames(build)) || build?.imageId?.slice(0, 'sha256:'.length + 12);
	return name ? [[span(messages.view.ownBuild.image(name, bytes === null ? null : prettyBytes(bytes)))]] : [];
};

/** Why there is no image. Without a failure that is understood, the last lines that are of no stage. */
const failedLines = (run: RunView, isCancelled: boolean, columns: number, symbols: Symbols): Line[] => {
	const {build, outcome} = run;
	if (outcome?.ended === 'could-not-start') return [[span(outcome.message, 'failed')]];
	if (isCancelled) return [[span(messages.view.ownBuild.cancelled, 'muted')]];
	if (!build?.failure) return (build?.outside ?? []).slice(-outputLines).map(text => [span(text)]);
	return failureLines(build, selectCause(run), columns, symbols, {maxRows: outputLines, outputLines});
};
