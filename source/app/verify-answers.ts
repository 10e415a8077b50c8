import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {VerdictWord} from '../checks/model.js';
import type {Answer} from '../classroom/hand-in.js';
import {type CommandRefusal, findUnfitCommand, inBackground} from '../docker/answer-commands.js';
import {messages} from '../messages/index.js';
import type {Builder} from '../stages/model.js';
import type {LabFolderOnDisk} from '../storage/lab-folder.js';
import {shippedNames} from '../storage/workshop-files.js';
import type {Step} from '../workshop/model.js';
import {isChallenge, isInContext} from '../workshop/steps.js';
import {type OpenWorkshop, openWorkshop} from './open-workshop.js';
import {judgeAnswer, prepareChallenges, withOwnObjects} from './prove-workshop.js';

/** An answer, and who handed it in. */
export type HandedIn = {name: string; answer: Answer};

/** An answer that can be judged again, with the challenge that it answers. */
export type Judgeable = HandedIn & {open: OpenWorkshop; step: Step};

/** What came of judging an answer again. `why`: why it was not judged, as a sentence; null if it was. */
export type Rejudged = HandedIn & {
	now: {verdict: VerdictWord; finding: string} | null;
	why: string | null;
};

/**
 * Divides answers into those that can be judged again, by the workshops that come with the program, and those that
 * can't, each with the reason.
 */
export const selectJudgeable = (answers: HandedIn[]): {judgeable: Judgeable[]; others: Rejudged[]} => {
	const opened = new Map(shippedNames().map(name => [name, openWorkshop(name, null)]));
	const judgeable: Judgeable[] = [];
	const others: Rejudged[] = [];
	for (const handedIn of answers) {
		const {workshop, challenge, commands, files} = handedIn.answer;
		const open = opened.get(workshop.id);
		const steps = open?.workshop.chapters.flatMap(chapter => chapter.steps) ?? [];
		const step = steps.find(one => one.id === challenge && isChallenge(one));
		const say = messages.results.verify;
		if (!open || !step) {
			others.push({...handedIn, now: null, why: say.otherWorkshop(workshop.id)});
			continue;
		}
		const unfit = findUnfitCommand(commands);
		const outside = files.find(file => !isInContext(file.path, open.workshop.contexts));
		if (unfit) others.push({...handedIn, now: null, why: describeUnfit(unfit)});
		else if (outside) others.push({...handedIn, now: null, why: say.outside(outside.path)});
		else judgeable.push({...handedIn, open, step});
	}
	return {judgeable, others};
};

const describeUnfit = ({argv, refusal: {why, what}}: {argv: string[]; refusal: CommandRefusal}): string => {
	const {refusals, notRun} = messages.results.verify;
	const reason = refusals[why];
	return notRun(argv.join(' '), typeof reason === 'string' ? reason : reason(what));
};

/**
 * Judges answers again on the engine, one workshop after another, each answer in a fresh lab folder, and removes what
 * they made. `onJudged`: called after each. Rejects with a `UserError` without an engine.
 */
export const verifyAnswers = async (
	answers: Judgeable[],
	{
		builder,
		say,
		signal,
		onJudged,
	}: {
		builder: Builder;
		say(sentence: string): void;
		signal: AbortSignal;
		onJudged(result: Rejudged): void;
	},
): Promise<void> => {
	for (const open of new Set(answers.map(answer => answer.open))) {
		if (signal.aborted) return;
		const own = answers.filter(answer => answer.open === open);
		const options = {name: 'verify', builder, say, signal, demandConsent() {}};
		await withOwnObjects(open, options, async proving => {
			const {problems, start} = await prepareChallenges([...new Set(own.map(({step}) => step))], proving);
			for (const {name, answer, step} of own) {
				if (signal.aborted) return;
				if (!start) {
					const why = messages.results.verify.startFails(problems[0]?.message ?? '');
					onJudged({name, answer, now: null, why});
					continue;
				}
				const commands = answer.commands.map(inBackground);
				const put = (lab: LabFolderOnDisk) => ({...lab, applyOverlay: () => putFiles(lab, answer.files)});
				const {verdict} = await judgeAnswer(step, {overlay: '', commands}, {...proving, start}, put);
				if (!signal.aborted) onJudged({name, answer, now: verdict, why: null});
			}
		});
	}
};

/** Writes the files of an answer into a fresh lab folder, which contains no links. */
const putFiles = (lab: LabFolderOnDisk, files: Answer['files']): void => {
	for (const {path: file, text} of files) {
		const place = path.join(lab.path, file);
		if (text === null) rmSync(place, {force: true});
		else {
			mkdirSync(path.dirname(place), {recursive: true});
			writeFileSync(place, text);
		}
	}
};
