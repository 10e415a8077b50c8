import {doctorIds} from '../../session/doctor-ids.js';
import {selectIsRecording} from '../../session/select/select.js';
import {selectReadiness} from '../../session/select/select-readiness.js';
import {selectSentence} from '../../session/select/select-wording.js';
import type {SessionState} from '../../session/state.js';
import {asStarted} from '../../text/how-started.js';
import {readinessWords} from '../pages/doctor-lines.js';
import {type Line, span} from '../text/line.js';
import {wrapLine} from '../text/wrap-line.js';
import type {PlainPage} from './plain-page.js';
import {findingSentence} from './welcome-text.js';

/** All that the doctor found on this machine, as far as it has come. */
export const machineText = (state: SessionState, {columns}: PlainPage): Line[] => {
	const {findings} = state;
	const missing = doctorIds.filter(id => !findings.some(finding => finding.id === id));
	const sentences = selectIsRecording(state)
		? ['A recording plays: nothing is needed of this machine.']
		: [
				readinessWords[selectReadiness(findings)],
				...findings.map(findingSentence),
				...(missing.length > 0 ? [`Still looking at: ${missing.join(', ')}.`] : []),
			];
	return sentences.flatMap(sentence => wrapLine([span(asStarted(selectSentence(state, sentence)))], columns));
};
