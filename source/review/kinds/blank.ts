import {messages} from '../../messages/index.js';
import {parseShellLine} from '../../session/plan/shell-line.js';
import {baseImage} from '../build-model.js';
import {type ReviewItem, rightFinding} from '../item.js';
import {drawProject, drawStageNames, drawVersion} from '../names.js';
import type {Random} from '../random.js';
import type {Observation, Trial} from '../trial.js';
import {buildWords, type ItemDrawer, reviewImage, showCommand, showFile, unknown} from './kind.js';

/** What stands for a blank in a command that is shown. */
const blank = '{{?}}';

/** Complete a build command, so that it makes an image of one stage under a name. Judged by the image. */
export const drawBlank =
	(kind: string): ItemDrawer =>
	random => {
		const lab = writeLab(random);
		const image = `${lab.image}:${lab.target}`;
		const command = buildWords(image, lab.target, lab.folder);
		// The words that are left out: the name and the target, the flags, or the target and the context.
		const hidden = random.pick([
			[3, 5],
			[2, 4],
			[4, 5, 6],
		]);
		const shown = command.map((word, index) => (hidden.includes(index) ? blank : word));
		const say = messages.review.blank;
		const complete = (answer: string) => fillBlanks(shown, answer);
		return {
			kind,
			question: say.question(lab.target, lab.folder, image),
			shown: [showFile(`${lab.name}/Dockerfile`, lab.text), showCommand(shown)],
			choices: null,
			right: command.join(' '),
			wrong: [
				{answer: buildWords(image, null, lab.folder).join(' '), finding: 'last-stage'},
				{answer: buildWords(lab.image, lab.target, lab.folder).join(' '), finding: 'other-name'},
				{answer: buildWords(lab.target, image, lab.folder).join(' '), finding: 'no-target'},
				{answer: buildWords(image, lab.target, '.').join(' '), finding: 'no-dockerfile'},
			],
			trialOf: answer => createLineTrial(complete(answer), lab.files, {image, paths: lab.paths}),
			judge: (_, seen) => judgeBuild(seen, {...lab, image}),
		};
	};

/** Correct a build command whose target is misspelt. */
export const drawRepairedTarget =
	(kind: string): ItemDrawer =>
	random => {
		const lab = writeLab(random);
		const {image, target, folder} = lab;
		const misspelt = misspell(target, random);
		const other = lab.stages.find(name => name !== target && name !== lab.last) ?? '';
		const say = messages.review.blank;
		return {
			kind,
			question: say.repair(target, image),
			shown: [showFile(`${lab.name}/Dockerfile`, lab.text), showCommand(buildWords(image, misspelt, folder))],
			choices: null,
			right: buildWords(image, target, folder).join(' '),
			wrong: [
				{answer: buildWords(image, misspelt, folder).join(' '), finding: 'no-target'},
				{answer: buildWords(image, null, folder).join(' '), finding: 'last-stage'},
				{answer: buildWords(image, other, folder).join(' '), finding: 'other-stage'},
				{answer: ['docker', 'build', '-t', image, '--stage', target, folder].join(' '), finding: 'refused'},
			],
			trialOf: answer => createLineTrial(answer, lab.files, {image, paths: lab.paths}),
			judge: (_, seen) => judgeBuild(seen, lab),
		};
	};

type BuiltLab = {image: string; target: string; last: string; folder: string; pathOf: Record<string, string>};

/** A project with four stages, each of which leaves one file of its own. The target is not the last one. */
const writeLab = (random: Random) => {
	const {name, source, product} = drawProject(random);
	const {base, build, test, side, final} = drawStageNames(random);
	const folder = `./${name}`;
	const pathOf = {[build]: `/${product}`, [test]: `/${test}.txt`, [side]: `/${side}.txt`, [final]: '/final'};
	const text = [
		...[`FROM ${baseImage} AS ${base}`, `RUN echo '${drawVersion(random)}' > /${base}.txt`, ''],
		...[`FROM ${base} AS ${build}`, 'COPY src/ /src/', `RUN cat /src/${source} > /${product}`, ''],
		...[`FROM ${base} AS ${test}`, `COPY --from=${build} /src/ /src/`],
		...[`RUN echo '${drawVersion(random)}' > /${test}.txt`, ''],
		...[`FROM ${base} AS ${side}`, `RUN echo '${drawVersion(random)}' > /${side}.txt`, ''],
		...[`FROM ${base} AS ${final}`, `COPY --from=${build} /${product} /final`, ''],
	].join('\n');
	const files = {[`${name}/Dockerfile`]: text, [`${name}/src/${source}`]: `${name} ${drawVersion(random)}\n`};
	const target = random.pick([test, side, build]);
	const paths = Object.values(pathOf);
	const stages = [build, test, side, final];
	return {name, image: reviewImage(name), folder, text, files, target, last: final, stages, pathOf, paths};
};

/** Judges by the image that there is afterwards, not by the words that made it. */
const judgeBuild = (
	seen: Observation | null,
	{image, target, last, folder, pathOf}: BuiltLab,
): ReturnType<ReviewItem['judge']> => {
	if (!seen || seen.unclear !== null) return unknown(seen);
	const say = messages.review.blank;
	const wrong = (finding: string, says: string) => ({verdict: 'wrong', finding, says}) as const;
	if (seen.failure === 'no-target') return wrong('no-target', say.noTarget);
	if (seen.failure === 'no-dockerfile') return wrong('no-dockerfile', say.noDockerfile(folder));
	if (seen.failure !== null) return wrong(seen.failure, messages.review.failures[seen.failure]);
	if (seen.paths === null) return wrong('other-name', say.otherName(image));
	const has = (stage: string) => seen.paths?.includes(pathOf[stage] ?? '') ?? false;
	if (seen.paths.length === 1 && has(target))
		return {verdict: 'right', finding: rightFinding, says: say.right(target)};
	return has(last)
		? wrong('last-stage', say.lastStage(last, target))
		: wrong('other-stage', say.otherStage(target));
};

/** The command of an answer: typed as a whole, or only the words for its blanks, in order. */
const fillBlanks = (shown: string[], answer: string): string => {
	if (/^\s*(?:sudo )?docker\b/.test(answer)) return answer;
	const words = answer.trim().split(/\s+/);
	return (
		shown.map(word => (word === blank ? (words.shift() ?? '') : word)).join(' ') +
		words.map(one => ` ${one}`).join('')
	);
};

/** The trial of a typed line: null unless it is a single command. */
const createLineTrial = (line: string, files: Record<string, string>, look: Trial['look']): Trial | null => {
	const {commands, isPlain} = parseShellLine(line, 'sh');
	const [command] = commands;
	if (!command || commands.length > 1 || !isPlain) return null;
	const argv = command.words[0] === 'sudo' ? command.words.slice(1) : command.words;
	return argv[0] === 'docker' ? {builder: 'buildkit', files, commands: [{argv}], look} : null;
};

/** Swaps two letters in the middle of a name, or doubles its last letter if that changes nothing. */
export const misspell = (name: string, random: Random): string => {
	const at = 1 + random.below(Math.max(1, name.length - 2));
	const swapped = name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2);
	return swapped === name ? `${name}${name.at(-1)}` : swapped;
};
