import {messages} from '../../messages/index.js';
import {findCopySource} from '../../stages/dockerfile/instruction-words.js';
import {baseImage} from '../build-model.js';
import {type ReviewItem, rightFinding} from '../item.js';
import {drawPlace, drawProject, drawStageNames, drawVersion} from '../names.js';
import type {Random} from '../random.js';
import type {Observation} from '../trial.js';
import {misspell} from './blank.js';
import {buildWords, type ItemDrawer, reviewImage, showCommand, showFile, unknown} from './kind.js';

/** A line of the Dockerfile, as the learner wants it. `line`: its number, from 1. */
type Edit = {line: number; text: string};

/** Reads `7 COPY …`; null if it doesn't begin with the number of a line. */
const readEdit = (answer: string, lines: string[]): Edit | null => {
	const [, digits = '', text = ''] = /^\s*(\d{1,3})[\s:.]\s*(\S.*?)\s*$/.exec(answer) ?? [];
	const line = Number(digits);
	return line >= 1 && line <= lines.length ? {line, text} : null;
};

/** What differs between the two bugs. */
type Bug = {
	kind: string;
	question: string;
	lines: string[];
	/** The files that the image has to hold, and those that it must not hold. */
	needs: string[];
	excludes: string[];
	right: Edit;
	wrong: Array<Edit & {finding: string}>;
	files: Record<string, string>;
	image: string;
	/** Explains a mistake. `lines`: the Dockerfile with the edit. */
	explain(seen: Observation, lines: string[]): {finding: string; says: string};
	says: string;
};

/** Creates an item from a bug: one line of the Dockerfile is typed anew, and judged by the image that it makes. */
const createRepair = ({
	kind,
	question,
	lines,
	needs,
	excludes,
	files,
	image,
	explain,
	says,
	...bug
}: Bug): ReviewItem => {
	const apply = (answer: string): string[] | null => {
		const edit = readEdit(answer, lines);
		return edit && lines.with(edit.line - 1, edit.text);
	};
	const write = ({line, text}: Edit) => `${line} ${text}`;
	const argv = buildWords(image, null);
	return {
		kind,
		question,
		shown: [showFile('Dockerfile', lines.join('\n')), showCommand(argv)],
		choices: null,
		right: write(bug.right),
		wrong: bug.wrong.map(edit => ({answer: write(edit), finding: edit.finding})),
		trialOf(answer) {
			const edited = apply(answer);
			if (!edited) return null;
			const all = {...files, Dockerfile: edited.join('\n')};
			const look = {image, paths: [...needs, ...excludes]};
			return {builder: 'buildkit', files: all, commands: [{argv}], look};
		},
		judge(answer, seen) {
			const edited = apply(answer);
			if (!seen || seen.unclear !== null || !edited)
				return seen?.unclear ? unknown(seen) : {...unknown(null), says: messages.review.repair.noLine};
			const {failure, paths} = seen;
			const isRight =
				failure === null &&
				needs.every(path => paths?.includes(path)) &&
				!excludes.some(path => paths?.includes(path));
			return isRight
				? {verdict: 'right', finding: rightFinding, says}
				: {verdict: 'wrong', ...explain(seen, edited)};
		},
	};
};

/** A Dockerfile of three stages; the last one copies the product of the second. */
const writeStages = (random: Random) => {
	const project = drawProject(random);
	const names = drawStageNames(random);
	const {source, product, name} = project;
	const {base, build} = names;
	const place = `${drawPlace(random)}/${product}`;
	const begin = [
		...[`FROM ${baseImage} AS ${base}`, `RUN echo '${drawVersion(random)}' > /${base}.txt`, ''],
		...[`FROM ${base} AS ${build}`, 'COPY src/ /src/', `RUN cat /src/${source} > /${product}`, ''],
	];
	const files = {[`src/${source}`]: `${name} ${drawVersion(random)}\n`};
	return {...project, ...names, place, begin, files, image: reviewImage(name)};
};

/** Repair a `COPY --from` that names a stage which does not exist. */
export const drawRepairedStage =
	(kind: string): ItemDrawer =>
	random => {
		const {base, build, final, source, product, place, begin, files, image} = writeStages(random);
		const misspelt = misspell(build, random);
		const copy = (from: string) => `COPY ${from}/${product} ${place}`;
		const lines = [...begin, `FROM ${base} AS ${final}`, copy(`--from=${misspelt} `), ''];
		const line = lines.length - 1;
		const say = messages.review.repair;
		return createRepair({
			kind,
			question: say.fails(misspelt),
			...{lines, files, image},
			needs: [place],
			excludes: [`/src/${source}`],
			right: {line, text: copy(`--from=${build} `)},
			wrong: [
				{line, text: copy(`--from=${misspelt} `), finding: 'no-image'},
				{line, text: copy(''), finding: 'from-context'},
				{line, text: copy(`--from=${base} `), finding: 'other-stage'},
				{line: line - 1, text: `FROM ${misspelt} AS ${final}`, finding: 'no-base'},
			],
			explain({failure}, edited) {
				const copied = edited.find(text => text.startsWith('COPY') && text.includes(place)) ?? '';
				if (failure === 'no-file')
					return findCopySource(copied) === null
						? {finding: 'from-context', says: say.fromContext}
						: {finding: 'other-stage', says: say.otherStage(`/${product}`)};
				if (failure !== 'no-image') return explainOther(failure);
				return edited[line - 2] === lines[line - 2]
					? {finding: 'no-image', says: say.noImage}
					: {finding: 'no-base', says: say.noBase};
			},
			says: say.rightStage(build),
		});
	};

/** Repair a last stage that starts from the stage that builds, and so ships everything that it holds. */
export const drawRepairedBase =
	(kind: string): ItemDrawer =>
	random => {
		const {base, build, final, source, product, place, begin, files, image} = writeStages(random);
		const from = (name: string) => `FROM ${name} AS ${final}`;
		const packed = `${place}.txt`;
		const lines = [
			...[...begin, from(build), `COPY --from=${build} /${product} ${place}`],
			...[`RUN cat /${base}.txt > ${packed}`, ''],
		];
		const line = begin.length + 1;
		const say = messages.review.repair;
		const misspelt = misspell(base, random);
		return createRepair({
			kind,
			question: say.tooMuch(`/src/${source}`, `/${base}.txt`),
			...{lines, files, image},
			needs: [place, packed, `/${base}.txt`],
			excludes: [`/src/${source}`, `/${product}`],
			right: {line, text: from(base)},
			wrong: [
				{line, text: from(build), finding: 'too-much'},
				{line, text: from('scratch'), finding: 'no-shell'},
				{line, text: from(baseImage), finding: 'command-failed'},
				{line, text: from(misspelt), finding: 'no-image'},
			],
			explain({failure}) {
				if (failure === 'no-shell') return {finding: failure, says: say.noShell};
				if (failure === 'command-failed')
					return {finding: failure, says: say.lacksDependencies(`/${base}.txt`)};
				if (failure === 'no-image') return {finding: failure, says: say.noBase};
				return failure === null
					? {finding: 'too-much', says: say.stillTooMuch(build)}
					: explainOther(failure);
			},
			says: say.rightBase(base),
		});
	};

const explainOther = (failure: Observation['failure']): {finding: string; says: string} => ({
	finding: failure ?? 'other',
	says: messages.review.failures[failure ?? 'other'],
});
