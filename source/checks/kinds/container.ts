import * as v from 'valibot';
import {isSameImageName} from '../../docker/image-ref.js';
import {messages} from '../../messages/index.js';
import {findImage, isRecent, passed, selectFacts, unknown} from '../facts.js';
import {names, sentence} from '../fields.js';
import {type Declaration, defineKind, words} from '../kind.js';
import type {ContainerFact, Fact, Verdict} from '../model.js';
import {findMismatch, textFields} from '../text.js';

/** Seconds for which a health check without a result is waited for: Docker's first one is after 30. */
const healthSeconds = 60;

const schema = v.strictObject({
	check: v.literal('container'),
	name: sentence,
	state: v.exactOptional(sentence),
	image: v.exactOptional(sentence),
	health: v.exactOptional(v.picklist(['starting', 'healthy', 'unhealthy', 'none'])),
	/** What the last 1000 lines of its log must contain. */
	logs: v.exactOptional(v.strictObject(textFields)),
	/** The networks and volumes that it must be attached to, by name. */
	networks: v.exactOptional(names),
	volumes: v.exactOptional(names),
	...words,
});

type ContainerCheck = Declaration<typeof schema>;

/** Passes if there is a container of this name, in the given state, from the given image, and so on. */
export const container = defineKind({
	schema,
	subject: 'engine',
	loggedContainer: ({name, logs}) => (logs ? name : null),
	judge(check, facts) {
		const {name, state, image} = check;
		const say = messages.checks.container;
		const found = selectFacts(facts, 'container').find(one => one.name === name);
		if (!found) return say.missing(name);
		const isFromImage =
			!image || isSameImageName(found.image, image) || findImage(facts, image)?.id === found.imageId;
		if (!isFromImage) return say.fromOtherImage(name, found.image, image);
		if (state && found.state !== state) return say.wrongState(name, found.state, state);
		const verdicts: Verdict[] = [];
		for (const judge of [judgeNetworks, judgeVolumes, judgeHealth, judgeLog]) {
			const verdict = judge(check, found, facts);
			if (verdict === null) continue;
			if (typeof verdict === 'string' || verdict.verdict !== 'passed') return verdict;
			verdicts.push(verdict);
		}
		return verdicts.at(-1) ?? passed(say.inState(name, found.state));
	},
});

/** Judges one aspect: a verdict, or the reason why the check fails; null if the check does not ask for it. */
type Judge = (check: ContainerCheck, found: ContainerFact, facts: Fact[]) => Verdict | string | null;

const notKnown = (what: keyof typeof messages.checks.container.unknown, name: string): Verdict =>
	unknown('unclear', messages.checks.container.unknown[what](name), messages.checks.container.unknownNext);

const judgeNetworks: Judge = ({name, networks}, found) => {
	if (!networks) return null;
	if (!found.networks) return notKnown('networks', name);
	const absent = networks.find(one => !found.networks?.includes(one));
	const {outsideNetwork, inNetworks} = messages.checks.container;
	return absent === undefined ? passed(inNetworks(name, networks)) : outsideNetwork(name, absent);
};

const judgeVolumes: Judge = ({name, volumes}, found) => {
	if (!volumes) return null;
	if (!found.volumes) return notKnown('volumes', name);
	const absent = volumes.find(one => !found.volumes?.includes(one));
	const {withoutVolume, withVolumes} = messages.checks.container;
	return absent === undefined ? passed(withVolumes(name, volumes)) : withoutVolume(name, absent);
};

const judgeHealth: Judge = ({name, health}, found, facts) => {
	if (!health) return null;
	if (!found.health) return notKnown('health', name);
	const {inHealth, noHealth, wrongHealth, healthToCome} = messages.checks.container;
	if (found.health === health) return passed(inHealth(name, health));
	if (found.health === 'none') return noHealth(name);
	return found.health === 'starting' &&
		found.state === 'running' &&
		isRecent(found.startedAt, facts, healthSeconds)
		? unknown('waiting', healthToCome(name), null)
		: wrongHealth(name, found.health, health);
};

const judgeLog: Judge = ({name, logs}, found, facts) => {
	if (!logs) return null;
	if (found.log === undefined) return notKnown('log', name);
	const {log, logAsExpected} = messages.checks.container;
	const mismatch = findMismatch(found.log, logs, log(name));
	if (mismatch === null) return passed(logAsExpected(name));
	// What it has printed stays; what is missing may still come.
	const mayCome = findMismatch(found.log, {lacks: logs.lacks ?? []}, '') === null;
	return mayCome && found.state === 'running' && isRecent(found.startedAt, facts)
		? unknown('waiting', mismatch, null)
		: mismatch;
};
