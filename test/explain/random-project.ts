import {
	chmodSync,
	chownSync,
	lutimesSync,
	mkdirSync,
	readdirSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {writeFiles} from '../tools/write-files.js';

/** A project in a folder, as its Dockerfile is written from it. */
export type RandomProject = {
	/** The build context. */
	folder: string;
	stages: RandomStage[];
	args: Record<string, string>;
	/** The stage to build; null for the last one. */
	target: string | null;
	/** The image that an edit replaces. */
	baseImage: string;
	/** What the base image has; another number is another image. */
	baseVersion: number;
};

type RandomStage = {
	name: string;
	from: string;
	lines: string[];
	/** Paths that the stage has made. */
	made: string[];
};

type Random = () => number;

const below = (random: Random, count: number): number => Math.floor(random() * count);
const pick = <Value>(random: Random, values: readonly Value[]): Value =>
	values[below(random, values.length)] as Value;

const files = {
	'a/one.txt': 'one',
	'a/two.txt': 'two',
	'a/deep/three.txt': 'three',
	'b/four.txt': 'four',
	'b/five.txt': 'five',
	'top.txt': 'top',
	'also.txt': 'also',
	'notes.md': 'notes',
	'b/notes.md': 'notes',
	'out/secret.txt': 'secret',
	'out/kept.txt': 'kept',
	'a/d.log': 'log',
	'.dockerignore': '# What no build needs\n**/*.log\n**/*.md\nout\n!out/kept.txt\n',
};

/** Files that may go: no instruction names them. */
const spare = ['a/two.txt', 'a/deep/three.txt', 'b/five.txt'];
const ignored = ['notes.md', 'b/notes.md', 'out/secret.txt', 'a/d.log'];

/** One instruction, or two, that make `/m<mark>`. `mark`: is nowhere else. */
const instructions: Array<(mark: string, earlier: RandomStage[], random: Random) => string> = [
	mark => `WORKDIR /m${mark}`,
	mark => `COPY a /m${mark}`,
	mark => `COPY a/ /m${mark}/`,
	mark => `COPY a/one.txt also.txt /m${mark}/`,
	mark => `COPY *.txt /m${mark}/`,
	mark => `COPY . /m${mark}`,
	mark => `COPY ["b", "/m${mark}"]`,
	mark => `COPY --chown=1:1 b /m${mark}`,
	mark => `COPY --chmod=700 top.txt /m${mark}`,
	mark => `COPY --link top.txt /m${mark}`,
	mark => `COPY linked /m${mark}`,
	mark => `COPY ?/one.txt b/f*.txt /m${mark}/`,
	mark => `ADD top.txt /m${mark}`,
	mark => `RUN echo ${mark} > /m${mark}`,
	mark => `RUN echo $CHOICE > /m${mark}`,
	mark => `RUN ["/bin/sh", "-c", "echo ${mark} > /m${mark}"]`,
	mark => `RUN --mount=type=bind,source=a,target=/a cat /a/one.txt > /m${mark}`,
	mark => `RUN --mount=type=cache,target=/cache \\\n\t# A comment\n\techo ${mark} > /m${mark}`,
	mark => `COPY <<EOF /m${mark}\ntext ${mark}\nEOF`,
	mark => `RUN <<EOF\necho ${mark} > /m${mark}\nEOF`,
	mark => `ARG CHOICE=a\nCOPY $CHOICE /m${mark}`,
	mark => `ARG CHOICE=b\nRUN echo \${CHOICE}${mark} > /m${mark}`,
	mark => `ENV SETTING=${mark}\nRUN echo ${mark} > /m${mark}`,
	mark => `USER 0:0\nRUN echo ${mark} > /m${mark}`,
	mark => `SHELL ["/bin/sh", "-ec"]\nRUN echo ${mark} > /m${mark}`,
	(mark, earlier, random) => copyFrom(mark, earlier, random),
	(mark, earlier, random) => copyFrom(mark, earlier, random),
];

const copyFrom = (mark: string, earlier: RandomStage[], random: Random): string => {
	if (earlier.length === 0) return `RUN echo ${mark} > /m${mark}`;
	const {name, made} = pick(random, earlier);
	return `COPY --from=${name} ${pick(random, made)} /m${mark}`;
};

/** Draws a project and writes it to a folder. `number`: makes its instructions differ from those of all others. */
export const createRandomProject = (folder: string, number: number, random: Random): RandomProject => {
	const baseImage = `explain-base:${number}`;
	const stages: RandomStage[] = [];
	const count = 2 + below(random, 3);
	for (let index = 0; index < count; index++) {
		const from = pick(random, [baseImage, 'alpine:3.13', ...stages.map(({name}) => name)]);
		const stage: RandomStage = {name: `s${index}`, from, lines: [], made: []};
		for (let at = 1 + below(random, 5); at >= 0; at--) {
			const mark = `${number}-${index}-${at}`;
			stage.lines.push(pick(random, instructions)(mark, stages, random));
			stage.made.push(`/m${mark}`);
		}
		stages.push(stage);
	}
	const last = stages.at(-1);
	for (const {name, made} of stages.slice(0, -1))
		if (random() < 0.7) last?.lines.push(`COPY --from=${name} ${pick(random, made)} /from-${name}`);
	writeFiles(
		folder,
		Object.fromEntries(
			Object.entries(files).map(([file, text]) => [
				file,
				file.startsWith('.') ? text : `${text} ${number}\n`,
			]),
		),
	);
	symlinkSync('../top.txt', path.join(folder, 'a/link'));
	symlinkSync('b', path.join(folder, 'linked'));
	const project = {folder, stages, args: {}, target: null, baseImage, baseVersion: 1};
	writeDockerfile(project);
	return project;
};

/** Writes the Dockerfile, in the build context. */
const writeDockerfile = ({folder, stages}: RandomProject): void => {
	const text = stages.map(({name, from, lines}) => [`FROM ${from} AS ${name}`, ...lines].join('\n'));
	writeFileSync(path.join(folder, 'Dockerfile'), `${text.join('\n\n')}\n`);
};

type Edit = (project: RandomProject, mark: string, random: Random) => void;

const inFolder = ({folder}: RandomProject, file: string): string => path.join(folder, file);

/** Changes the lines of a stage that has some. */
const editLines = (project: RandomProject, random: Random, change: (lines: string[], at: number) => void) => {
	const {lines} = pick(random, project.stages);
	change(lines, below(random, lines.length));
	writeDockerfile(project);
};

const readFiles = Object.keys(files).filter(file => !ignored.includes(file) && !file.startsWith('.'));

/** What people change between two builds: the first twelve are those of a quick run. */
export const edits: Record<string, Edit> = {
	content: (project, mark, random) => writeFileSync(inFolder(project, pick(random, readFiles)), mark),
	mode: (project, _, random) => chmodSync(inFolder(project, pick(random, readFiles)), 0o751),
	new: (project, mark, random) =>
		writeFiles(project.folder, {[`${pick(random, ['a', 'b', 'a/deep', 'a/fresh', '.'])}/new.txt`]: mark}),
	removed: (project, _, random) => rmSync(inFolder(project, pick(random, spare))),
	renamed(project, _, random) {
		const file = pick(random, spare);
		renameSync(inFolder(project, file), inFolder(project, file.replace('.txt', '-renamed.txt')));
	},
	ignored: (project, mark, random) => writeFileSync(inFolder(project, pick(random, ignored)), mark),
	outside: (project, mark) => writeFileSync(inFolder(project, '../outside.txt'), mark),
	'times only'(project) {
		for (const file of readdirSync(project.folder, {recursive: true, encoding: 'utf8'}))
			lutimesSync(inFolder(project, file), 1_700_000_000, 1_700_000_000);
	},
	'earlier instruction': (project, mark, random) =>
		editLines(project, random, (lines, at) => lines.splice(at, 0, `RUN echo ${mark}`)),
	'build argument'(project, mark) {
		project.args.CHOICE = mark.length % 2 === 0 ? 'b' : 'a/deep';
	},
	'base image'(project) {
		project.baseVersion++;
	},
	target(project, mark, random) {
		project.target = pick(random, project.stages).name;
		writeFileSync(inFolder(project, 'a/one.txt'), mark);
	},
	'mode of a folder': (project, _, random) =>
		chmodSync(inFolder(project, pick(random, ['a', 'b', 'a/deep', '.'])), 0o711),
	'target of a link'(project) {
		rmSync(inFolder(project, 'a/link'));
		symlinkSync('../also.txt', inFolder(project, 'a/link'));
	},
	'rules of .dockerignore': (project, _, random) =>
		writeFileSync(inFolder(project, '.dockerignore'), `${files['.dockerignore']}${pick(random, spare)}\n`),
	'a comment': (project, mark, random) =>
		editLines(project, random, (lines, at) => lines.splice(at, 0, `# ${mark}`)),
	'metadata of the image': (project, mark, random) =>
		editLines(project, random, (lines, at) => lines.splice(at, 0, `LABEL mark=${mark}`)),
	'a setting': (project, mark, random) =>
		editLines(project, random, (lines, at) =>
			lines.splice(
				at,
				0,
				pick(random, [`ENV MORE=${mark}`, `WORKDIR /w${mark}`, 'USER root', `ARG OTHER=${mark}`]),
			),
		),
	'owner of a file': project => chownSync(inFolder(project, 'a/one.txt'), ...otherOwner()),
	'empty folder': (project, _, random) =>
		mkdirSync(inFolder(project, `${pick(random, ['a', 'b', 'a/deep'])}/empty`)),
};

/** Only root can give files away. */
const otherOwner = (): [user: number, group: number] =>
	process.getuid?.() === 0 ? [1234, 1234] : [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
