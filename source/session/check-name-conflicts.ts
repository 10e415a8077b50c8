import type {ContainerFact} from '../checks/model.js';
import {normalizeImageName} from '../docker/image-ref.js';
import {messages} from '../messages/index.js';
import {snapshotScope} from '../ownership/created-objects.js';
import type {CreationPlan, ObjectSnapshot} from '../ownership/ledger.js';
import {isOurContainer, isOurName, isOurVolume} from '../ownership/rules.js';
import {UserError} from '../text/user-error.js';
import {planRun, type RunPlan} from './plan/run-plan.js';
import type {EngineIdentity} from './ports.js';
import type {RunContext} from './run-context.js';
import {yesOrNo} from './state.js';

/**
 * Asks before a command takes an image name or uses a volume of the learner's, and offers to replace a container of
 * ours. Resolves with a snapshot of the objects that the command could create. Rejects with a `UserError` if the
 * learner declines, or has a container of that name.
 */
export const checkNameConflicts = async (
	{build, container, making}: Pick<RunPlan, 'build' | 'container'> & {making: CreationPlan},
	identity: EngineIdentity,
	runContext: RunContext,
): Promise<ObjectSnapshot> => {
	const {engine, ledger, lab, ask} = runContext;
	if (container?.name) await confirmContainerName(container.name, identity, runContext);
	const scope = snapshotScope(making);
	const present = build || scope.images ? await engine.images() : null;
	// `docker run` pulls only a missing image.
	const isPulled = !container || making.pulled.some(name => !present?.names[name]);
	const images = isPulled ? present : null;
	const things = scope.things ? await engine.things() : null;
	const entries = ledger.entries(identity.id);
	for (const tag of [...(build?.tags ?? []), ...making.names]) {
		const holder = images?.names[tag];
		if (holder && !isOurName(entries, tag, holder))
			await requireYes(ask, messages.session.imageNameTaken(tag));
	}
	// A volume can't be renamed, and the workshop would write into it.
	for (const name of making.isTyped ? [] : making.volumes) {
		const createdAt = things?.volumes[name];
		if (createdAt !== undefined && !isOurVolume(entries, {name, createdAt}))
			await requireYes(ask, messages.session.volumeTaken(name));
	}
	return {images, things, files: lab.fingerprintsOf(making.files)};
};

const confirmContainerName = async (
	name: string,
	{id: engineId}: EngineIdentity,
	{engine, ledger, cleaner, ask}: RunContext,
): Promise<void> => {
	const facts = await engine.facts({probePorts: false, stepId: null});
	const holder = facts.find((fact): fact is ContainerFact => fact.fact === 'container' && fact.name === name);
	if (!holder) return;
	const images = facts.filter(fact => fact.fact === 'image');
	if (!isOurContainer(holder, {entries: ledger.entries(engineId), images})) {
		const {problem, next} = messages.session.containerNameTaken(name);
		throw new UserError(problem, {next});
	}
	await requireYes(ask, messages.session.ownContainerStays(name));
	await cleaner.removeContainer(holder.id);
};

/** Rejects with `refusal` unless the learner says yes. */
const requireYes = async (
	ask: RunContext['ask'],
	{
		title,
		lines,
		yes,
		no,
		refusal,
		next,
	}: {title: string; lines: string[]; yes: string; no: string; refusal: string; next?: string},
): Promise<void> => {
	if ((await ask({title, lines, choices: yesOrNo(yes, no)})) !== 'yes')
		throw new UserError(refusal, {next: next ?? null});
};

/**
 * Rejects with a `UserError` if a step runs an image that another step builds and the engine does not have: Docker
 * would pull somebody else's image of that name.
 */
export const requireImage = async (
	{docker}: RunPlan,
	{cli, recorded}: EngineIdentity,
	{workshop, engine}: Pick<RunContext, 'workshop' | 'engine'>,
): Promise<void> => {
	const image = docker?.verb === 'run' || docker?.verb === 'create' ? docker.operands[0] : undefined;
	if (image === undefined || recorded) return;
	const name = normalizeImageName(image);
	const builder = workshop.chapters
		.flatMap(({steps}) => steps)
		.find(
			({command}) =>
				command &&
				// Creates the image other than by pulling it.
				planRun(command, 'buildkit', cli).makes.some(
					({names, images}) => images !== 'pull' && names.includes(name),
				),
		);
	if (!builder || (await engine.images()).names[name]) return;
	const {problem, next} = messages.session.imageNotBuilt(image, builder.title);
	throw new UserError(problem, {next});
};
