import process from 'node:process';
import {readCli} from '../engine/cli-facts.js';
import {checkBuilder} from '../session/perform/check-builder.js';
import type {Engine, EngineIdentity} from '../session/ports.js';
import type {DoctorFinding} from '../session/state.js';
import {messageOf} from '../text/message-of.js';
import {UserError} from '../text/user-error.js';
import type {Workshop} from '../workshop/model.js';

type Patient = {engine: Engine; env: Record<string, string>; workshop: Workshop};

const passed = (id: string, reason: string): DoctorFinding => ({id, verdict: 'passed', reason, next: null});
const failed = (id: string, reason: string, next: string | null): DoctorFinding => ({
	id,
	verdict: 'failed',
	reason,
	next,
});
const unknown = (id: string, reason: string): DoctorFinding => ({id, verdict: 'unknown', reason, next: null});

/** Looks whether this machine can run the workshop; calls back with each finding as it comes. Never rejects. */
export const examine = async (
	patient: Patient,
	onFinding: (finding: DoctorFinding) => void,
): Promise<void> => {
	onFinding(examineNode(process.versions.node));
	const [, identity] = await Promise.all([examineCli(patient).then(onFinding), meet(patient)]);
	for (const finding of examineEngine(identity)) onFinding(finding);
	onFinding(await examineBuildKit(identity, patient));
	onFinding(await examineImages(identity, patient));
};

const examineNode = (version: string): DoctorFinding => {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	return major > 20 || (major === 20 && minor >= 19)
		? passed('node', `Node ${version} runs the program.`)
		: failed('node', `Node ${version} is too old.`, 'install Node 20.19 or newer');
};

const examineCli = async ({env}: Patient): Promise<DoctorFinding> => {
	try {
		const {version} = await readCli(env);
		return passed('docker-cli', `The docker CLI is ${version}.`);
	} catch (error) {
		return failed('docker-cli', messageOf(error), nextOf(error));
	}
};

type Met = {identity: EngineIdentity; error: null} | {identity: null; error: unknown};

const meet = async ({engine}: Patient): Promise<Met> => {
	try {
		return {identity: await engine.identity(), error: null};
	} catch (error) {
		return {identity: null, error};
	}
};

const examineEngine = ({identity, error}: Met): DoctorFinding[] => {
	if (identity) {
		return [
			passed('engine', `The engine ${identity.version} answers at ${identity.endpoint}.`),
			passed('permission', 'You may use it.'),
		];
	}
	const message = messageOf(error);
	const isForbidden = /permission|not allowed/i.test(message);
	return isForbidden
		? [
				unknown('engine', 'Whether an engine runs can’t be told without permission.'),
				failed('permission', message, nextOf(error)),
			]
		: [failed('engine', message, nextOf(error)), unknown('permission', 'There is no engine to ask.')];
};

const examineBuildKit = async ({identity}: Met, {engine}: Patient): Promise<DoctorFinding> => {
	if (!identity) return unknown('buildkit', 'There is no engine to build on.');
	const {verdict, reason, next} = await checkBuilder('buildkit', engine);
	return verdict === 'passed' ? passed('buildkit', 'BuildKit is there.') : failed('buildkit', reason, next);
};

const examineImages = async ({identity}: Met, {engine, workshop}: Patient): Promise<DoctorFinding> => {
	if (!identity) return unknown('images', 'There is no engine to look on.');
	try {
		const {names} = await engine.images();
		const missing = workshop.images.filter(image => !names[image]);
		return missing.length === 0
			? passed('images', `${workshop.images.join(' and ')} are on the engine.`)
			: passed('images', `${missing.join(' and ')} will be pulled when a step first needs it.`);
	} catch (error) {
		return unknown('images', messageOf(error));
	}
};

const nextOf = (error: unknown): string | null => (error instanceof UserError ? error.next : null);
