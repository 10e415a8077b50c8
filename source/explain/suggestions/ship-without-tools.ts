import path from 'node:path';
import {messages} from '../../messages/index.js';
import type {PlannedInstruction, PlannedStage} from '../../stages/model.js';
import type {Project} from '../project.js';
import {
	freeStageName,
	linesOf,
	readShellRun,
	replaceLines,
	rewriteFrom,
	splitCommands,
} from './edit-dockerfile.js';
import {packageManagers} from './package-managers.js';
import type {Rule} from './suggestion.js';

/** The image has the tools in it that built the program. Adds a final stage that has the program alone. */
export const shipWithoutTools: Rule = {
	name: 'ship-without-tools',
	suggest(project) {
		const stage = project.graph.stages.find(({name}) => name === project.graph.target);
		// With `ONBUILD`, or an earlier stage as base, more would have to be known.
		if (!stage?.image || stage.image === 'scratch' || stage.triggers.length > 0) return [];
		const start = readStart(stage.instructions);
		if (!start) return [];
		return [...shipProgram(project, stage, start), ...shipPackages(project, stage, start)];
	},
};

/** What a container of the image starts: its first instruction, and the words of its command line. */
type Start = {words: string[]};

const readStart = (instructions: PlannedInstruction[]): Start | null => {
	const find = (keyword: string) => instructions.findLast(one => one.keyword === keyword);
	const instruction = find('ENTRYPOINT') ?? find('CMD');
	const words = instruction ? readWords(instruction) : null;
	return words && {words};
};

/** The words of an instruction in the form of an array, or of a simple command line; null for any other. */
const readWords = ({keyword, text}: PlannedInstruction): string[] | null => {
	const written = text.slice(keyword.length).trim();
	if (!written.startsWith('[')) return /^[\w./=: -]+$/.test(written) ? written.split(/\s+/) : null;
	try {
		const words: unknown = JSON.parse(written);
		return Array.isArray(words) ? words.map(String) : null;
	} catch {
		return null;
	}
};

/** Commands that compile a program. */
const compiling = /^(?:\w+=\S* +)*(?:go +build|gcc|g\+\+|cc|c\+\+|clang|make|cargo +build|rustc|ghc|zig)\b/;

/** Settings that belong to what starts, and move to the stage that is shipped. */
const moved: ReadonlySet<string> = new Set([
	'CMD',
	'ENTRYPOINT',
	'EXPOSE',
	'HEALTHCHECK',
	'STOPSIGNAL',
	'VOLUME',
]);
/** Settings that both stages have. */
const shared: ReadonlySet<string> = new Set(['ARG', 'ENV', 'LABEL', 'USER', 'WORKDIR']);

const shipProgram = (project: Project, stage: PlannedStage, {words}: Start): ReturnType<Rule['suggest']> => {
	const commands = stage.instructions
		.flatMap(one => readShellRun(one) ?? [])
		.flatMap(({command}) => splitCommands(command));
	const compilers = commands.filter(command => compiling.test(command));
	const program = findProgram(words[0] ?? '', compilers, findFolder(stage.instructions));
	if (program === null) return [];
	const isGo = compilers.some(command => /\bgo +build\b/.test(command));
	const bases = [
		...new Set([
			'scratch',
			...(installsTools(commands) ? [stage.image ?? ''] : smallBases(stage.image ?? '')),
		]),
	];
	const certificates = '/etc/ssl/certs/ca-certificates.crt';
	const {says, because} = messages.explain.suggestions.tools;
	const make = (base: string, files: string[], isStatic: boolean) => {
		const dockerfile = addFinalStage(project, stage, {base, files, isStatic});
		return dockerfile === null
			? []
			: [
					{
						dockerfile,
						ignore: project.ignore,
						line: stage.line,
						says: says(program, base),
						because: because(base),
					},
				];
	};
	return bases.flatMap(base => [
		...(base === 'scratch' ? make(base, [program, certificates], isGo) : []),
		...make(base, [program], isGo && base === 'scratch'),
	]);
};

/** The absolute path of the program that starts, if it is one that was compiled. */
const findProgram = (word: string, compilers: string[], folder: string): string | null => {
	const outputs = compilers.flatMap(command => /(?:^| )-o[ =]?("?)([^\s"]+)\1/.exec(command)?.[2] ?? []);
	const absolute = (file: string): string => path.posix.resolve(folder, file);
	if (!word.includes('/')) {
		const named = outputs.find(output => path.posix.basename(output) === word);
		return named === undefined ? null : absolute(named);
	}
	const started = absolute(word);
	const isMade = outputs.some(
		output =>
			absolute(output) === started ||
			absolute(path.posix.join(output, path.posix.basename(started))) === started,
	);
	const mayBeMade = compilers.some(command => /\b(?:make|cargo +build)\b/.test(command));
	return isMade || mayBeMade ? started : null;
};

/** Where the commands of the stage run in the end. */
const findFolder = (instructions: PlannedInstruction[]): string =>
	instructions
		.filter(({keyword}) => keyword === 'WORKDIR')
		.reduce((folder, {text}) => path.posix.resolve(folder, text.slice('WORKDIR'.length).trim()), '/');

/** Whether the stage adds its tools to a base image that has none. */
const installsTools = (commands: string[]): boolean =>
	commands.some(command => /^(?:apt(?:-get)?|apk|dnf|yum|microdnf)\b.*\b(?:install|add)\b/.test(command));

/** Images of the same C library as one with a compiler. */
const smallBases = (image: string): string[] =>
	image.includes('alpine') ? ['alpine'] : ['debian:stable-slim'];

const addFinalStage = (
	{dockerfile, graph}: Project,
	stage: PlannedStage,
	{base, files, isStatic}: {base: string; files: string[]; isStatic: boolean},
): string | null => {
	const build = freeStageName(graph, 'build');
	const from = rewriteFrom(dockerfile, stage, {alias: build});
	if (from === null) return null;
	const lines = dockerfile.split('\n');
	const end = stage.instructions.at(-1)?.endLine ?? stage.line;
	const settings = stage.instructions.filter(({keyword}) => moved.has(keyword) || shared.has(keyword));
	const own = [from];
	for (let line = stage.line + 1; line <= end; ) {
		const instruction = stage.instructions.find(one => one.line === line);
		if (instruction && !moved.has(instruction.keyword)) {
			own.push(...linesOf(dockerfile, instruction).map(text => (isStatic ? withoutC(text) : text)));
		} else if (!instruction) own.push(lines[line - 1] ?? '');
		line = (instruction?.endLine ?? line) + 1;
	}
	while (own.at(-1)?.trim() === '') own.pop();
	const alias = stage.alias === null ? '' : ` AS ${stage.alias}`;
	const final = [
		`FROM ${base}${alias}`,
		...settings.filter(({keyword}) => shared.has(keyword)).flatMap(one => linesOf(dockerfile, one)),
		...files.map(file => `COPY --from=${build} ${file} ${file}`),
		...settings.filter(({keyword}) => moved.has(keyword)).flatMap(one => startLine(one, dockerfile)),
	];
	return replaceLines(dockerfile, stage.line, end, [...own, '', ...final]);
};

/** Without C, a Go program needs no shared library. */
const withoutC = (text: string): string =>
	/CGO_ENABLED/.test(text) ? text : text.replace(/\bgo +build\b/, 'CGO_ENABLED=0 go build');

/** `scratch` has no shell for a command line. */
const startLine = (instruction: PlannedInstruction, dockerfile: string): string[] => {
	const words = /^(?:CMD|ENTRYPOINT)$/.test(instruction.keyword) ? readWords(instruction) : null;
	return words ? [`${instruction.keyword} ${formatArray(words)}`] : linesOf(dockerfile, instruction);
};

const formatArray = (words: string[]): string => `[${words.map(word => JSON.stringify(word)).join(', ')}]`;

const npm = packageManagers.find(({name}) => name === 'npm');

/** The packages that only the build of a Node project needs stay behind. */
const shipPackages = (project: Project, stage: PlannedStage, {words}: Start): ReturnType<Rule['suggest']> => {
	const folder = findFolder(stage.instructions);
	const runs = stage.instructions.flatMap(one => readShellRun(one) ?? []);
	const install = runs.find(({command}) =>
		/^npm (?:ci|install)\b(?!.*--(?:omit|production|only))/.test(command),
	);
	const isBuilt = runs.some(({command}) =>
		splitCommands(command).some(part => /^(?:npm run|npx|node|\.\/node_modules\/\.bin\/\w+)\b/.test(part)),
	);
	const script = words[0] === 'node' ? words.slice(1).find(word => !word.startsWith('-')) : undefined;
	const [made = ''] =
		script === undefined ? [] : path.posix.relative(folder, path.posix.resolve(folder, script)).split('/');
	const isOfContext = project.entries.some(({path: file}) => file === made);
	const manifests = project.entries.filter(({path: file}) => npm?.manifests.test(file));
	if (!install || !isBuilt || made === '' || made === '..' || isOfContext || manifests.length === 0)
		return [];
	const build = freeStageName(project.graph, 'build');
	const from = rewriteFrom(project.dockerfile, stage, {alias: build});
	if (from === null) return [];
	const end = stage.instructions.at(-1)?.endLine ?? stage.line;
	const [first = '', ...rest] = splitCommands(install.command);
	const omitted = `${first} --omit=dev`;
	const settings = (keywords: ReadonlySet<string>) =>
		stage.instructions
			.filter(({keyword}) => keywords.has(keyword))
			.flatMap(one => linesOf(project.dockerfile, one));
	const alias = stage.alias === null ? '' : ` AS ${stage.alias}`;
	const {says, because} = messages.explain.suggestions.devPackages;
	const clean = rest.filter(part => part.startsWith('npm cache clean'));
	const final = [
		'',
		`FROM ${stage.image}${alias}`,
		...settings(new Set([...shared].filter(keyword => keyword !== 'USER'))),
		`COPY ${manifests.map(({path: file}) => file).join(' ')} ./`,
		`RUN ${install.flags}${[omitted, ...clean].join(' && ')}`,
		`COPY --from=${build} ${path.posix.join(folder, made)} ./${made}`,
		...settings(new Set(['USER'])),
		...settings(moved),
	];
	const kept = replaceLines(project.dockerfile, end + 1, end, final);
	return [
		{
			dockerfile: replaceLines(kept, stage.line, stage.line, [from]),
			ignore: project.ignore,
			line: stage.line,
			says: says(made),
			because,
		},
	];
};
