import {messages} from '../../messages/index.js';
import {parseDockerfile} from '../../stages/dockerfile/parse-dockerfile.js';
import {type Builder, nameBuilder} from '../../stages/model.js';
import {baseImage} from '../build-model.js';
import {drawProject, drawStageNames, drawVersion} from '../names.js';
import type {Random} from '../random.js';
import {buildWords, createChoiceItem, type ItemDrawer, reviewImage, showCommand, showFile} from './kind.js';

/** Which stages does this build run, with this target and this builder? */
export const drawStages =
	(kind: string, builder: Builder): ItemDrawer =>
	random => {
		const {text, name} = writeDockerfile(random);
		const {stages} = parseDockerfile(text);
		const all = stages.map(stage => stage.name);
		const target = random.pick([null, ...all.slice(1)]);
		const graph = parseDockerfile(text, {target: target ?? undefined});
		const argv = buildWords(reviewImage(name), target);
		const write = (names: string[]) => all.filter(one => names.includes(one)).join(', ');
		const [first = ''] = all;
		const needed = graph.reachable;
		const direct = stages.find(stage => stage.name === graph.target)?.needs ?? [];
		const unneeded = all.find(one => !needed.includes(one));
		const say = messages.review.stages;
		const aim = graph.target;
		const option = (finding: keyof typeof say.wrong, names: string[]) => ({
			answer: write(names),
			finding,
			says: say.wrong[finding](aim, needed),
		});
		return createChoiceItem(
			{
				kind,
				question: say.question(nameBuilder(builder)),
				shown: [showFile('Dockerfile', text), showCommand(argv)],
				trial: {builder, files: {Dockerfile: text}, commands: [{argv}], look: null},
				read: ({stages: ran}) => write(ran),
				right: {says: () => (builder === 'legacy' ? say.rightLegacy(aim) : say.rightBuildKit(aim, needed))},
				options: [
					builder === 'legacy'
						? option('needed-only', needed)
						: option('up-to-target', all.slice(0, all.indexOf(aim) + 1)),
					...random.shuffle([
						option('all', all),
						option('target-alone', [aim]),
						option(
							'no-base',
							needed.filter(one => one !== first),
						),
						option('direct-only', [aim, ...direct]),
						...(unneeded && builder === 'buildkit' ? [option('one-more', [...needed, unneeded])] : []),
					]),
				],
			},
			random,
		);
	};

/** Four or five stages: a base, a build, a test or a side stage or both, and a final one. */
const writeDockerfile = (random: Random): {text: string; name: string} => {
	const {name, source, product} = drawProject(random);
	const {base, build, test, side, final} = drawStageNames(random);
	const printed = (file: string) => `RUN echo '${drawVersion(random)}' > /${file}`;
	const stage = (from: string, as: string, ...lines: string[]) => [`FROM ${from} AS ${as}`, ...lines, ''];
	const testStage = stage(build, test, printed(`${test}.txt`));
	const sideStage = stage(random.pick([base, base, build]), side, printed(`${side}.txt`));
	const extras = random.pick([[testStage], [sideStage], [testStage, sideStage], [sideStage, testStage]]);
	const used = random.pick([null, null, extras.includes(sideStage) ? side : null]);
	const text = [
		...stage(baseImage, base, printed(`${base}.txt`)),
		...stage(base, build, printed(source), `RUN cat /${source} > /${product}`),
		...extras.flat(),
		...stage(
			random.pick([base, base, baseImage]),
			final,
			`COPY --from=${build} /${product} /${product}`,
			...(used === null ? [] : [`COPY --from=${used} /${used}.txt /${used}.txt`]),
		),
	].join('\n');
	return {text, name};
};
