import {createCleaner} from '../../../source/app/cleaner.js';
import type {ImageFact} from '../../../source/checks/model.js';
import {parseDockerCommand} from '../../../source/docker/command.js';
import {readEffects} from '../../../source/docker/effects.js';
import type {DoctorFinding} from '../../../source/doctor/registry.js';
import type {LedgerEntry} from '../../../source/ownership/ledger.js';
import {recoverInterruptedRuns} from '../../../source/ownership/recover-interrupted-runs.js';
import type {Progress} from '../../../source/session/passed-steps.js';
import {argvAsShown, planRun} from '../../../source/session/plan/run-plan.js';
import {parseShellLine} from '../../../source/session/plan/shell-line.js';
import type {EngineIdentity, LineLogs, Recording, RunRequest} from '../../../source/session/ports.js';
import type {Backend} from '../../../source/session/run-context.js';
import type {ShippedBuild} from '../../../source/simulate/simulated-engine.js';
import {createLineLogs} from '../../../source/storage/line-logs.js';
import {createMemoryFile} from '../../../source/storage/run-log.js';
import type {Workshop} from '../../../source/workshop/model.js';
import {matchesCommand} from '../../../source/workshop/steps.js';
import {createFakeEngine, type FakeEngine} from './fake-engine.js';
import type {FakeLab} from './fake-lab.js';
import {createFakeLedger, type FakeLedger} from './fake-ledger.js';
import {createFakeProgress, type FakeProgress} from './fake-progress.js';
import {createFakeRunner, type FakeRunner, type Script} from './fake-runner.js';
import {createFakeTranscripts, type FakeTranscripts} from './fake-transcripts.js';

export type FakeBackend = Backend & {
	engine: FakeEngine;
	runner: FakeRunner;
	ledger: FakeLedger;
	transcripts: FakeTranscripts;
	kept: FakeProgress;
	/** The copied line logs: text by file. */
	copies: Map<string, string>;
};

export type FakeBackendOptions = {
	workshop: Workshop;
	lab: FakeLab;
	identity: EngineIdentity;
	/** Finds the recording of a step; null if none. */
	readRecording?: (run: {stepId: string; builder: Recording['builder']}) => Recording | null;
	/** Overrides recordings and simulation; null: does not. */
	script?: (request: RunRequest) => Script | null;
	ledger?: LedgerEntry[];
	transcripts?: FakeTranscripts;
	progress?: Progress | null;
	findings?: DoctorFinding[];
};

/**
 * Creates a machine in memory. It plays recorded commands of a workshop, simulates other docker commands, and has no
 * other programs.
 */
export const createFakeBackend = ({
	workshop,
	lab,
	identity,
	readRecording = () => null,
	script = () => null,
	ledger: kept = [],
	transcripts = createFakeTranscripts(),
	progress = null,
	findings = [],
}: FakeBackendOptions): FakeBackend => {
	const ledger = createFakeLedger({id: workshop.id, argument: workshop.id}, kept);
	const engine = createFakeEngine({
		identity,
		lab,
		builds: buildsOf(workshop, lab),
		entries: () => ledger.entries(identity.id),
	});
	for (const image of baseImages(workshop, readRecording)) engine.addImage(image);
	const scriptFor = (request: RunRequest): Script | null =>
		script(request) ??
		recordedScript(request, {readRecording, engine, lab}) ??
		(isSetup(request) ? setupScript : readScript)(request, engine, lab);
	const runner = createFakeRunner(scriptFor, ({runId}, event) => {
		if (event.type === 'started') transcripts.begin(runId);
		else if (event.type === 'output') transcripts.write(runId, event.stream, event.bytes);
		else transcripts.end(runId);
	});
	let countLeftovers = 0;
	const keeps = createFakeProgress(progress);
	const copies = new Map<string, string>();
	return {
		runner,
		engine: {
			...engine,
			async identity() {
				const seen = await engine.identity();
				const {id, cli} = seen;
				countLeftovers += await recoverInterruptedRuns(id, {
					...{ledger, transcripts, engine, cli, lab},
					baseImages: workshop.images,
				});
				return seen;
			},
		},
		ledger,
		transcripts,
		cleaner: createCleaner({
			...{engine, ledger, lab, transcripts},
			carryOut: engine.carryOut,
			readBuildCache: async () => 0,
		}),
		progress: keeps.open(),
		kept: keeps,
		lineLogs: createFakeLineLogs(copies),
		copies,
		countLeftovers: () => countLeftovers,
		replay: null,
		async examine(onFinding) {
			for (const finding of findings) onFinding(finding);
		},
	};
};

/** Line logs whose copies stay in memory. */
const createFakeLineLogs = (copies: Map<string, string>): LineLogs => {
	const logs = createLineLogs(createMemoryFile);
	return {
		...logs,
		async copy(log, {folders, name}) {
			const {lineCount} = logs.size(log);
			const file = `${folders[0]}/${name}.log`;
			copies.set(file, logs.read(log, 0, lineCount).join('\n'));
			return {file, lineCount};
		},
	};
};

/** The images that the commands of a workshop build, and their sources. */
const buildsOf = ({chapters}: Workshop, lab: FakeLab): ShippedBuild[] =>
	chapters.flatMap(({steps}) =>
		steps
			.flatMap(({command, setup}) => [...(command ? [command] : []), ...setup])
			.flatMap(command => {
				const {build} = planRun(command, 'buildkit', {version: '', buildx: null});
				const text = build?.dockerfile ? lab.readShipped(build.dockerfile) : null;
				if (!build?.dockerfile || text === null) return [];
				const {dockerfile, target, tags} = build;
				return tags.map(tag => ({tag, dockerfile, target, text}));
			}),
	);

/** The base images as recorded, which recorded builds start from. */
const baseImages = (
	{chapters, images}: Workshop,
	readRecording: NonNullable<FakeBackendOptions['readRecording']>,
): Array<Partial<ImageFact>> => {
	const builders = [null, 'buildkit', 'legacy'] as const;
	const recorded = chapters
		.flatMap(({steps}) =>
			steps.flatMap(({id}) => builders.map(builder => readRecording({stepId: id, builder}))),
		)
		.find(recording => recording?.facts.some(fact => fact.fact === 'image'));
	const known = recorded?.facts.filter(fact => fact.fact === 'image') ?? [];
	return images.map(name => known.find(({tags}) => tags.includes(name)) ?? {tags: [name]});
};

type Machine = {engine: FakeEngine; lab: FakeLab};

/** Whether a command prepares a step. */
const isSetup = ({stepId}: RunRequest): boolean => stepId !== null && /--setup-\d+$/.test(stepId);

/** The script of a recorded command. */
const recordedScript = (
	{stepId, builder, argv}: RunRequest,
	{readRecording, engine, lab}: Machine & Required<Pick<FakeBackendOptions, 'readRecording'>>,
): Script | null => {
	const recording = stepId === null ? null : readRecording({stepId, builder});
	if (!recording || !matchesCommand(argvAsShown(recording.argv).join(' '), shownArgv(argv))) return null;
	const {chunks, outcome, facts} = recording;
	return {
		prints: chunks.map(({t, stream, bytes}) => ({text: bytes, stream, at: t})),
		ends: outcome,
		does() {
			const before = new Set(engine.names().containers);
			engine.learn(facts, Buffer.concat(chunks.map(({bytes}) => bytes)).toString());
			const docker = parseDockerCommand(shownArgv(argv));
			for (const volume of docker ? readEffects(docker).volumes : []) engine.addVolume(volume);
			const made = facts.find(fact => fact.fact === 'container' && !before.has(fact.name));
			if (made?.fact === 'container') leaveCid(argv, made.id, lab);
		},
	};
};

/** A typed line is an argument of a shell. */
const shownArgv = (argv: string[]): string[] => {
	const commands = typedCommands(argv);
	return commands?.length === 1 ? (commands[0] ?? []) : argvAsShown(argv);
};

const typedCommands = (argv: string[]): string[][] | null =>
	argv[1] === '-c' ? parseShellLine(argv[2] ?? '', 'sh').commands.map(({words}) => words) : null;

/** The script of simulated docker commands, up to the first that fails. */
const readScript = ({argv, cwd}: RunRequest, engine: FakeEngine, lab: FakeLab): Script | null => {
	const prints: NonNullable<Script['prints']> = [];
	for (const words of typedCommands(argv) ?? [argv]) {
		const read = engine.run(words, cwd);
		if (!read) return null;
		prints.push({text: read.stdout}, {text: read.stderr, stream: 'stderr'});
		const {stdout, exitCode} = read;
		if (/^[0-9a-f]{64}$/m.test(stdout)) leaveCid(argv, stdout.trim(), lab);
		if (exitCode !== 0) return {prints, ends: exitCode};
	}
	return {prints};
};

/** The script of a command that prepares a step: it is in no recording, and succeeds if it can't be simulated. */
const setupScript: typeof readScript = (...given) => {
	const script = readScript(...given);
	return script?.ends === undefined ? (script ?? {}) : {};
};

const leaveCid = (argv: string[], id: string, lab: FakeLab): void => {
	const at = argv.indexOf('--cidfile');
	const file = at < 0 ? undefined : argv[at + 1];
	if (file !== undefined) lab.leaveCid(file, id);
};
