import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import prettyBytes from 'pretty-bytes';
import {type ExplainedProject, explainBuild} from '../app/explain-build.js';
import {printJson, printLine, printMessage, printPainted} from '../app/output.js';
import {onEndSignal, tuneGarbageCollector} from '../app/process.js';
import {assertReportWritable, describeReportFile, writeDocument} from '../app/report-file.js';
import {runDocker} from '../engine/docker-cli.js';
import {type CheckWarning, parseCheckOutput} from '../explain/check-output.js';
import {chooseChanges} from '../explain/choose-changes.js';
import type {Explanation, MeasuredProof} from '../explain/outline.js';
import type {ProjectTexts} from '../explain/project.js';
import {proveSuggestions} from '../explain/prove.js';
import {messages} from '../messages/index.js';
import {quoteWord} from '../session/plan/run-plan.js';
import {stateFolder} from '../storage/state-folder.js';
import {inheritedEnvironment} from '../system/processes.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import {createRenderContext} from '../tui/paint-first-frame.js';
import {paintLine} from '../tui/text/paint-line.js';
import {explainLines} from '../view/explain-lines.js';
import {fitLine, type Line, sentenceSpans, span} from '../view/line.js';
import {checkLines, measuredLines} from '../view/measured-lines.js';
import type {Command, Options} from './flags.js';

/**
 * `explain [context]`: prints what a Dockerfile needs and reads, and which of its instructions the next build would run
 * again, and why. With `--measure`, builds a copy, and proves by further builds what would make it better. Writes
 * nothing to the project but what `--write` asks for.
 */
export const explain: Command = async ([folder = '.'], options) => {
	tuneGarbageCollector();
	const {file, target, buildArg, buildContext, json, report, write} = options;
	if (report !== null) await assertReportWritable(report);
	const explained = await explainBuild({folder, file, target, buildArg, buildContext});
	const {explanation, problem, isLegacy} = explained;
	const wantsMeasure = options.measure || write;
	const say = messages.explain;
	if (wantsMeasure && isLegacy)
		throw new UserError(say.measured.legacy, {next: say.measured.legacyNext, exitCode: 2});
	const print = createPrinter(json);
	print.lines(explainLines(explanation));
	if (problem !== null) printMessage(problem);
	const lookAtChecks = async () => {
		const found = isLegacy ? null : await readChecks(explanation, options);
		if (found) print.part((columns, symbols) => checkLines(found, columns, symbols));
		return found;
	};
	const {checks, measured} = wantsMeasure
		? await measure(explained, options, lookAtChecks)
		: {checks: await lookAtChecks(), measured: null};
	if (measured) print.part((columns, symbols) => measuredLines(measured, columns, symbols));
	const invite = [...process.argv.slice(2).map(quoteWord), measured ? '--write' : '--measure'].join(' ');
	const command = `multistage-workshop ${invite}`;
	if (json) printJson(toDocument(explanation, checks, measured));
	else if (!wantsMeasure) print.part(() => [sentenceSpans(say.measured.invite(command), '`')]);
	else if (!write && measured && measured.proof.proven.length > 0)
		print.part(() => [sentenceSpans(say.suggestions.write(command), '`')]);
	if (report !== null) {
		await writeExplainReport(report, {explanation, checks, measured});
		printMessage(describeReportFile(report));
	}
	if (write && measured) for (const line of writeSuggested(explanation, measured)) printMessage(line);
	return 0;
};

type Print = (columns: number, symbols: ReturnType<typeof createRenderContext>['symbols']) => Line[];

/** Columns where there is no terminal. */
const usualColumns = 100;

/** Prints lines for people; on a terminal they have colours, and fit. */
const createPrinter = (isSilent: boolean) => {
	const renderContext = createRenderContext(process.env);
	const columns = process.stdout.columns ?? usualColumns;
	const lines = (all: Line[]): void => {
		if (isSilent) return;
		for (const line of all) {
			if (process.stdout.isTTY)
				for (const row of fitLine(line, columns)) printPainted(paintLine(row, renderContext));
			else printLine(line.map(({text}) => text).join(''));
		}
	};
	return {
		lines,
		/** After an empty line. */
		part(print: Print): void {
			lines([[], ...print(columns, renderContext.symbols)]);
		},
	};
};

/** Milliseconds for BuildKit's checks, which may look up base images in a registry. */
const checkTimeoutMs = 10_000;

/** The warnings of `docker build --check`; null where docker or its builder has no such checks. */
const readChecks = async (
	{dockerfile, context}: Explanation,
	options: BuildFlags,
): Promise<CheckWarning[] | null> => {
	const {stdout} = await runDocker(
		['build', '--call', 'check,format=json', '-f', dockerfile, ...buildFlags(options), context],
		{env: {...inheritedEnvironment(), DOCKER_BUILDKIT: '1'}, timeoutMs: checkTimeoutMs},
	).catch(() => ({stdout: ''}));
	return parseCheckOutput(stdout);
};

type BuildFlags = Pick<Options, 'target' | 'buildArg' | 'buildContext' | 'secret' | 'ssh'>;

/** The flags of `docker build` besides its files. */
const buildFlags = ({target, buildArg, buildContext, secret, ssh}: BuildFlags): string[] => [
	...(target === null ? [] : ['--target', target]),
	...buildArg.flatMap(one => ['--build-arg', one]),
	...buildContext.flatMap(one => ['--build-context', one]),
	...secret.flatMap(one => ['--secret', one]),
	...ssh.flatMap(one => ['--ssh', one]),
];

/** Prints what is under way, apart from the result. */
const printDoing = (sentence: string): void => {
	const columns = process.stderr.columns ?? Number.POSITIVE_INFINITY;
	for (const row of fitLine([span(sentence)], columns)) printMessage(row.map(({text}) => text).join(''));
};

/** `lookAtChecks`: what it leaves in the build cache is removed with what measuring leaves. */
const measure = async (
	{explanation, project, read}: ExplainedProject,
	options: BuildFlags,
	lookAtChecks: () => Promise<CheckWarning[] | null>,
): Promise<{checks: CheckWarning[] | null; measured: MeasuredProof}> => {
	const {measureProject} = await import('../app/measure-project.js');
	const {doing} = messages.explain.measured;
	const abort = new AbortController();
	let exitCode = 0;
	onEndSignal(code => {
		exitCode ||= code;
		abort.abort();
	});
	const work = measureProject(
		{context: explanation.context, flags: buildFlags(options), project, read, ...chooseChanges(project)},
		async measurer => {
			const checks = await lookAtChecks();
			printDoing(doing.first(explanation.whole.files, prettyBytes(explanation.whole.bytes)));
			const measurement = await measurer.measure();
			const {dockerfile, ignore} = project;
			const proof = await proveSuggestions(
				{texts: {dockerfile, ignore}, figures: measurement.figures},
				{read, measure: measurer.measureWith, onTry: ({says}) => printDoing(doing.trying(says))},
			);
			return {checks, measured: {measurement, proof}};
		},
		{env: inheritedEnvironment(), state: stateFolder(), signal: abort.signal},
	);
	return work.catch(error => {
		// All is removed.
		if (exitCode !== 0) process.exit(exitCode);
		throw error;
	});
};

const writeExplainReport = async (
	file: string,
	all: {explanation: Explanation; checks: CheckWarning[] | null; measured: MeasuredProof | null},
): Promise<void> => {
	const {createExplainReport} = await import('../report/explain-report.js');
	await writeDocument(file, createExplainReport(all, new Date()));
};

/** Writes what was proven beside the Dockerfile. Throws a `UserError` for a file that is there with another text. */
const writeSuggested = ({dockerfile, ignoreFile}: Explanation, {proof}: MeasuredProof): string[] => {
	const say = messages.explain.suggestions;
	if (proof.proven.length === 0) return [say.nothingToWrite];
	const file = `${dockerfile}.suggested`;
	const texts: Record<string, string> = {[file]: proof.texts.dockerfile};
	// Beside a Dockerfile, it counts instead of that of the build context.
	if (proof.texts.ignore !== '' && isIgnoreNeeded(proof.texts, ignoreFile))
		texts[`${file}.dockerignore`] = proof.texts.ignore;
	for (const [name, text] of Object.entries(texts))
		if (existsSync(name) && readFileSync(name, 'utf8') !== text)
			throw new UserError(say.exists(name), {next: say.existsNext, exitCode: 2});
	for (const [name, text] of Object.entries(texts)) writeBeside(name, text);
	return [say.written(Object.keys(texts)), say.build(path.relative(process.cwd(), file))];
};

const writeBeside = (file: string, text: string): void => {
	try {
		writeFileSync(file, text);
	} catch (error) {
		throw new UserError(messages.explain.suggestions.notWritten(file, describeError(error)), {cause: error});
	}
};

/** Whether the one that counts for the Dockerfile would not count for another, or has another text. */
const isIgnoreNeeded = ({ignore}: ProjectTexts, ignoreFile: string | null): boolean =>
	ignoreFile === null ||
	path.basename(ignoreFile) !== '.dockerignore' ||
	readFileSync(ignoreFile, 'utf8') !== ignore;

const toDocument = (
	{graph, cache, reads, ...explanation}: Explanation,
	checks: CheckWarning[] | null,
	measured: MeasuredProof | null,
): object => ({
	...explanation,
	target: graph.target,
	stages: graph.stages.map(({name, image, needs, line}) => ({
		name,
		line,
		image,
		needs,
		isNeeded: graph.reachable.includes(name),
	})),
	reads: reads.map(({stage, instruction, files, bytes, missing}) => ({
		stage,
		line: instruction.line,
		text: instruction.text,
		files,
		bytes,
		missing,
	})),
	cache: cache && {
		since: cache.since,
		isOther: cache.isOther,
		foreseen:
			cache.foreseen?.map(({stage, instruction, status, reason}) => ({
				stage,
				line: instruction.line,
				text: instruction.text,
				status,
				reason,
			})) ?? null,
	},
	checks,
	measured: measured && {
		...measured.measurement,
		suggestions: measured.proof.proven,
		rejected: measured.proof.rejected,
		together: {...measured.proof.texts, figures: measured.proof.figures},
	},
});
