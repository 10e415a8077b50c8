import {limits, type MessageContent} from '../classroom/protocol.js';
import type {StepOutline, TeacherAction, WorkshopOutline} from '../classroom/room.js';
import {messages} from '../messages/index.js';
import {cleanLine, stripColours} from '../text/terminal-text.js';
import {UserError} from '../text/user-error.js';
import type {ClassRoom} from './class-state.js';

/** What an action tells the seats. `to`: a seat's ID; null for all. */
type Told = {to: string | null; content: MessageContent};

/** The actions that tell something to seats; `rename` does not. */
type TellingAction = Exclude<TeacherAction, {action: 'rename'}>;

/**
 * Returns what an action tells the seats. Throws a `UserError` for what none of them could show: an empty or long text,
 * an unknown seat, chapter, step or hint.
 */
export const toMessage = (
	action: TellingAction,
	workshops: WorkshopOutline[],
	{seats}: Pick<ClassRoom, 'seats'>,
): Told => {
	switch (action.action) {
		case 'say':
			return {to: null, content: {kind: 'say', text: cleanText(action.text)}};
		case 'pace': {
			const {workshop, chapter} = action;
			const {chapters} = findWorkshop(workshops, workshop);
			if (chapter !== null && !chapters.some(({id}) => id === chapter))
				throw new UserError(messages.hub.unknown.chapter(chapter));
			return {to: null, content: {kind: 'pace', workshop, chapter}};
		}
		case 'release': {
			const {workshop, step, what, level, finding} = action;
			const {chapters} = findWorkshop(workshops, workshop);
			const outline = chapters.flatMap(({steps}) => steps).find(({id}) => id === step);
			if (!outline) throw new UserError(messages.hub.unknown.step(step));
			assertReleasable(outline, action);
			return {to: null, content: {kind: 'release', workshop, step, what, level, finding}};
		}
		case 'countdown':
			return {to: null, content: {kind: 'countdown', seconds: action.seconds}};
		case 'lower-hand':
			if (!seats.has(action.seat)) throw new UserError(messages.hub.unknown.seat);
			return {to: action.seat, content: {kind: 'hand-lowered'}};
		case 'end':
			return {to: null, content: {kind: 'end'}};
	}
};

/** One line, without whatever a terminal or a page would obey. */
const cleanText = (text: string): string => {
	const line = text.split(/[\r\n\t\p{Zl}\p{Zp}]+/u).join(' ');
	const clean = stripColours(cleanLine(line)).trim();
	if (clean === '') throw new UserError(messages.hub.emptyText);
	if (clean.length > limits.say) throw new UserError(messages.hub.longText(clean.length, limits.say));
	return clean;
};

const findWorkshop = (workshops: WorkshopOutline[], wanted: string): WorkshopOutline => {
	const found = workshops.find(({id}) => id === wanted);
	if (!found) throw new UserError(messages.hub.unknown.workshop(wanted));
	return found;
};

const assertReleasable = (
	{id, hints, fittingHints, hasSolution}: StepOutline,
	{what, level, finding}: Extract<TeacherAction, {action: 'release'}>,
): void => {
	if (what === 'solution') {
		if (!hasSolution) throw new UserError(messages.hub.unknown.solution(id));
	} else if (finding === null) {
		if (level < 1 || level > hints.length) throw new UserError(messages.hub.unknown.hint(id, level));
	} else if (!fittingHints.some(({findings}) => findings.includes(finding))) {
		throw new UserError(messages.hub.unknown.fittingHint(id, finding));
	}
};
