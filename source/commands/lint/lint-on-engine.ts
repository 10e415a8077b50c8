import path from 'node:path';
import type {Conduct} from '../../session/conduct.js';
import {createLender} from '../../session/create-lender.js';
import type {World} from '../../session/world.js';
import {stateFolder} from '../../storage/state-folder.js';
import {readWorkshopFiles} from '../../storage/workshop-files.js';
import {inheritedEnvironment} from '../../system/inherited-environment.js';
import {parseWorkshop} from '../../workshop/parse-workshop.js';
import type {Problem} from '../../workshop/problems.js';
import {withNeeds} from '../../workshop/with-needs.js';
import {createTerminalAsker} from '../ask-terminal.js';
import {inFreshLab} from '../in-fresh-lab.js';
import {createLiveWorld} from '../live-world.js';
import type {OpenWorkshop} from '../open-workshop.js';
import {rehearse} from '../rehearse.js';
import {type Proving, proveAnswers} from './prove-answers.js';
import {createStartState} from './start-state.js';

/**
 * Proves every challenge of a sound workshop on the engine, in lab folders of its own and with a ledger of its own: all
 * that it makes is removed again, and the author's things stay. Rejects with a `UserError` without an engine.
 */
export const lintOnEngine = async (
	open: OpenWorkshop,
	{
		builder,
		say,
		demandConsent,
		signal,
	}: Pick<Proving, 'builder' | 'say'> & Pick<Conduct, 'demandConsent' | 'signal'>,
): Promise<Problem[]> =>
	inFreshLab(open, async lab => {
		const apart: OpenWorkshop = {...open, lab};
		const keeping = {state: path.join(stateFolder(), 'lint'), owner: null, needsDocker: true};
		const world = createLiveWorld(apart, keeping);
		await world.engine.identity();
		// What an earlier lint left that did not live to its end.
		await world.cleaner.clean();
		lab.ensure();
		try {
			const conduct = conductOf(apart, world, {demandConsent, signal});
			return await proveAll({open: apart, conduct, builder, say});
		} finally {
			await world.cleaner.clean();
		}
	});

const conductOf = (
	{workshop, lab}: OpenWorkshop,
	world: World,
	means: Pick<Conduct, 'demandConsent' | 'signal'>,
): Conduct => ({
	...world,
	workshop,
	lab,
	environment: inheritedEnvironment(),
	lender: createLender(),
	// A name that is taken is given back in the end.
	ask: createTerminalAsker(true),
	onView() {},
	...means,
});

/** First the steps that challenges need, each once; then the challenges, one after the other. */
const proveAll = async (
	proving: Pick<Proving, 'open' | 'conduct' | 'builder' | 'say'>,
): Promise<Problem[]> => {
	const {open, conduct, builder, say} = proving;
	const {sources} = parseWorkshop(readWorkshopFiles(open.folder)).draft;
	const places = new Map([...sources].map(([step, source]) => [step.id, source]));
	const steps = open.workshop.chapters.flatMap(chapter => chapter.steps);
	const challenges = steps.filter(({kind}) => kind === 'challenge');
	const needed = withNeeds(steps, challenges).filter(step => step.kind !== 'challenge');
	const makeStart = async (): Promise<Problem[]> => {
		const reports = await rehearse(needed, open, conduct, {
			builder,
			async onReport({step, verdict}) {
				say(`${step.id}, which a challenge needs: ${verdict.verdict}.`);
			},
		});
		return reports
			.filter(({verdict}) => verdict.verdict !== 'passed')
			.map(({step: {file, line}, verdict: {reason}}) => {
				const message = `a challenge needs this step, and it does not pass: ${reason}`;
				return {file, line, column: 1, message};
			});
	};
	const problems = await makeStart();
	if (problems.length > 0) return problems;
	const start = await createStartState(
		open,
		conduct,
		async () => (await makeStart()).map(({message}) => message)[0] ?? null,
	);
	for (const step of challenges) {
		const source = places.get(step.id);
		if (source && !conduct.signal.aborted)
			problems.push(...(await proveAnswers(step, source, {...proving, start})));
	}
	return problems;
};
