import type {BuildFormat, PlannedStage, StageGraph} from './model.js';

/** What the stages of a build can't show, in whole sentences. `format`: as seen; null when nothing was. */
export const writeNotes = (
	graph: StageGraph,
	{format, isBuilt}: {format: BuildFormat | null; isBuilt: boolean},
): string[] => {
	if (format === null)
		return isBuilt ? ['The build printed no progress, so its stages cannot be followed.'] : [];
	if (format === 'legacy') return ignoredHeredocs(graph);
	if (format === 'buildah') return [];
	const late = 'This BuildKit prints stages in turn: lines come in bursts.';
	return [...(format === 'plain' ? [late] : []), ...sharedImages(graph)];
};

const sharedImages = ({stages, reachable}: StageGraph): string[] => {
	const needed = new Set(reachable);
	const byImage = new Map<string, PlannedStage[]>();
	for (const stage of stages) {
		if (stage.image === null || stage.image === 'scratch' || !needed.has(stage.name)) continue;
		const sharing = byImage.get(stage.image) ?? [];
		sharing.push(stage);
		byImage.set(stage.image, sharing);
	}
	return [...byImage]
		.filter(([, sharing]) => sharing.length > 1)
		.map(
			([image, sharing]) =>
				`${sharing.map(({name}) => name).join(' and ')} start from ${image}: BuildKit loads it once, and shows that in one stage only.`,
		);
};

/** From engine 23 on the legacy builder takes a heredoc for a command without input, and says nothing. */
const ignoredHeredocs = ({stages}: StageGraph): string[] =>
	stages
		.flatMap(({instructions}) => instructions)
		.filter(({keyword, text}) => keyword === 'RUN' && /^RUN\s+(?:--\S+\s+)*<<-?["']?\w/i.test(text))
		.map(({line}) => `The legacy builder can't read heredocs: line ${line} of the Dockerfile does nothing.`);
