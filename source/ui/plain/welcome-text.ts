import {findingWord} from '../../session/select/finding-word.js';
import {selectMainSteps, selectSteps} from '../../session/select/select.js';
import type {DoctorFinding, EngineState, SessionState} from '../../session/state.js';
import {recordedText} from '../pages/recorded-text.js';
import {type Line, span} from '../text/line.js';
import {markdownLines} from '../text/markdown-lines.js';
import {wrapLine} from '../text/wrap-line.js';
import type {PlainPage} from './plain-page.js';

/** What a learner wants to know at first, as far as no engine is needed for it. */
export const welcomeText = (state: SessionState, page: PlainPage): Line[] => {
	const {workshop, labFolder} = state;
	const steps = selectMainSteps(state);
	const passed = steps.filter(({id}) => state.passed[id]).length;
	const next = selectSteps(state).find(({id}) => id === state.stepId);
	const sentences = [
		`${steps.length} steps in ${workshop.chapters.length} chapters, about ${workshop.minutes} minutes. Commands are shown first and run when you choose it; what you pass is kept when you leave.`,
		`Your files: \`${labFolder}\``,
		...(passed > 0
			? [`${passed} of ${steps.length} steps passed${next ? `; goes on at “${next.title}”` : ''}.`]
			: []),
	];
	return [
		...wrapLine([span(workshop.title)], page.columns),
		[],
		...markdownLines(workshop.introduction.children, page),
		...(workshop.introduction.children.length > 0 ? [[] as Line] : []),
		...sentences.flatMap(sentence => wrapLine([span(sentence)], page.columns)),
		...wrapLine(
			[
				span(
					'Type the number of a choice or its first letters, then enter; enter alone takes the first. In a step, `:` and a command runs one of your own.',
				),
			],
			page.columns,
		),
	];
};

/** By which engine, in a sentence. */
export const engineSentence = (engine: EngineState): string => {
	switch (engine.status) {
		case 'connecting':
			return 'Looking for the engine…';
		case 'ready': {
			const {version, endpoint, context, cli} = engine.identity;
			const make = cli.podman === undefined ? '' : 'Podman ';
			const recorded = recordedText(engine);
			return recorded
				? `${recorded}. Nothing runs on this machine.`
				: `Engine: ${make}${version} at \`${endpoint}\`${context === 'default' ? '' : `, through the context \`${context}\``}.`;
		}
		case 'missing':
			return `No engine: ${engine.reason}${engine.next ? ` Next: ${engine.next}.` : ''}`;
	}
};

/** What the doctor found wrong, in a sentence. */
export const findingSentence = (finding: DoctorFinding): string => {
	const {id, reason, next} = finding;
	return `${id}, ${findingWord(finding)}: ${reason}${next ? ` Next: ${next}.` : ''}`;
};
