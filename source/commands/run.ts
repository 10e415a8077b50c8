import type {Conduct} from '../session/conduct.js';
import {createLender} from '../session/create-lender.js';
import type {EngineIdentity} from '../session/ports.js';
import {selectCause} from '../session/select/select-cause.js';
import {inheritedEnvironment} from '../system/inherited-environment.js';
import {countOf} from '../text/count-of.js';
import {didYouMean} from '../text/did-you-mean.js';
import {UserError} from '../text/user-error.js';
import type {Step, Workshop} from '../workshop/model.js';
import {withNeeds} from '../workshop/with-needs.js';
import {createTerminalAsker} from './ask-terminal.js';
import {demandRemoteYes} from './demand-remote-yes.js';
import {onEndSignal} from './end-signals.js';
import {followRehearsal} from './follow-rehearsal.js';
import {createLiveWorld} from './live-world.js';
import {type OpenWorkshop, openWorkshop} from './open-workshop.js';
import type {Command, Options} from './options.js';
import {printJson, printLine, printMessage} from './print.js';
import {createRecorder} from './record.js';
import {rehearse, type StepReport} from './rehearse.js';
import {demandReplayWorld} from './replay-world.js';
import {demandReportFile, reportWritten} from './report-file.js';
import {stepsToRecord} from './steps-to-record.js';
import {takeFromPack} from './take-from-pack.js';
import {obtainTrust} from './trust/obtain-trust.js';
import {withoutNetwork} from './without-network.js';

/** `run`: rehearses without a screen: runs every step of the chapters, and what they need, and judges each. */
export const run: Command = async (chapterIds, options) => {
	const open = openWorkshop(options.workshop, options.dir);
	const steps = stepsOf(open.workshop, chapterIds);
	if (options.report !== null) await demandReportFile(options.report);
	// A recording runs nothing.
	const demandConsent = options.replay ? () => {} : await obtainTrust(open, options);
	const live = options.replay ? null : createLiveWorld(open, {needsDocker: options.record});
	const world = live ?? demandReplayWorld(open, Number.POSITIVE_INFINITY);
	const abort = new AbortController();
	onEndSignal(exitCode => {
		// Who asks again does not want to wait for the polite end.
		if (abort.signal.aborted) live?.killAll();
		abort.abort(exitCode);
	});
	const identity = await world.engine.identity();
	await demandRemoteYes(identity);
	if (live && options.pack !== null) {
		const taking = {signal: abort.signal, before: 'steps'} as const;
		const stopped = await takeFromPack(options.pack, open, taking);
		if (stopped !== null) return stopped;
	}
	const recorder = options.record ? await createRecorder(open, world, identity) : null;
	const runner = recorder?.runner ?? world.runner;
	const conduct: Conduct = {
		...world,
		runner:
			options.noNetwork && live ? withoutNetwork(runner, {engine: world.engine, lab: open.lab}) : runner,
		workshop: open.workshop,
		lab: open.lab,
		environment: inheritedEnvironment(),
		lender: createLender(),
		demandConsent,
		ask: createTerminalAsker(options.yes),
		onView() {},
		signal: abort.signal,
	};
	const wanted =
		recorder && options.builder ? stepsToRecord(steps, {open, identity, builder: options.builder}) : steps;
	const followed = options.report === null ? null : followRehearsal(open, identity, options);
	const reports = await rehearse(wanted, open, conduct, {
		builder: options.builder ?? 'buildkit',
		async onReport(report) {
			await recorder?.keep(report);
			followed?.add(report);
			if (!options.json) printLine(lineOf(report));
		},
	});
	if (options.report !== null) {
		await followed?.write(options.report);
		printMessage(reportWritten(options.report));
	}
	return conclude(reports, {open, identity, options, signal: abort.signal});
};

/**
 * Steps of the chapters in order, after the steps they need; all steps when nothing is named. Optional steps only when
 * they are named themselves.
 */
const stepsOf = ({chapters}: Workshop, names: string[]): Step[] => {
	const all = chapters.flatMap(({steps}) => steps);
	const extras = all.filter(({optional}) => optional);
	const known = [...chapters, ...extras].map(({id}) => id);
	const unknownId = names.find(name => !known.includes(name));
	if (unknownId !== undefined) {
		const meant = didYouMean(unknownId, known);
		throw new UserError(
			`There is no chapter called \`${unknownId}\`; there is: ${known.join(', ')}.${meant}`,
			{
				next: /[\\/]/.test(unknownId)
					? `name a workshop of your own so: \`multistage-workshop run --workshop ${unknownId}\``
					: null,
				exitCode: 2,
			},
		);
	}
	const isNamed = ({id, chapterId, optional}: Step) => names.includes(optional ? id : chapterId);
	if (names.length === 0) return all.filter(({optional}) => !optional);
	return withNeeds(all, all.filter(isNamed));
};

const conclude = (
	reports: StepReport[],
	{
		open,
		identity,
		options,
		signal,
	}: {open: OpenWorkshop; identity: EngineIdentity; options: Options; signal: AbortSignal},
): number => {
	const words = reports.map(({verdict}) => verdict.verdict);
	const passed = words.every(word => word === 'passed') && !signal.aborted;
	if (options.json) {
		const {version, endpoint, store} = identity;
		printJson({
			workshop: open.workshop.id,
			engine: {version, endpoint, store},
			chapters: open.workshop.chapters
				.map(({id}) => ({id, steps: reports.filter(({step}) => step.chapterId === id).map(documentOf)}))
				.filter(({steps}) => steps.length > 0),
			passed,
		});
	} else {
		printLine(passed ? passedWords(reports.length) : 'Not every step passed.');
	}
	if (signal.aborted) return Number(signal.reason);
	if (words.includes('failed')) return 1;
	return passed ? 0 : 3;
};

const passedWords = (count: number): string =>
	count === 1 ? 'The one step passed.' : `All ${countOf(count, 'step')} passed.`;

const documentOf = ({step, performed, verdict}: StepReport) => {
	const view = performed?.view ?? null;
	const outcome = view?.outcome ?? null;
	return {
		id: step.id,
		kind: step.kind,
		command: view?.commandLine || step.command,
		builder: view?.build?.builder ?? view?.builder ?? null,
		exitCode: outcome?.ended === 'exited' ? outcome.exitCode : null,
		seconds: outcome?.seconds ?? null,
		verdict: verdict.verdict,
		reason: verdict.reason,
		stages: view?.build?.stages.map(({name, status, seconds}) => ({name, status, seconds})) ?? [],
	};
};

const lineOf = ({step, performed, verdict}: StepReport): string => {
	const seconds = performed?.view.outcome?.seconds;
	const took = seconds === undefined ? '' : ` (${seconds.toFixed(1)} s)`;
	const next = verdict.verdict === 'passed' || !verdict.next ? '' : ` Next: ${verdict.next}`;
	const cause = performed && selectCause(performed.view);
	const why = verdict.verdict !== 'passed' && cause ? ` ${cause}` : '';
	return `${verdict.verdict.padEnd(7)} ${step.id}${took}: ${verdict.reason}${why}${next}`;
};
