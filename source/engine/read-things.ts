import type Docker from 'dockerode';
import type {Things} from '../session/ports.js';
import {askEngine, busyPatience} from './ask-engine.js';

/** Containers, volumes and networks by their names. Rejects when the daemon does not answer. */
export const readThings = async (docker: Docker): Promise<Things> => {
	const [containers, {Volumes: volumes}, networks] = await Promise.all([
		askEngine(() => docker.listContainers({all: true}), busyPatience),
		askEngine(() => docker.listVolumes(), busyPatience),
		askEngine(() => docker.listNetworks(), busyPatience),
	]);
	return {
		containers: Object.fromEntries(
			containers.flatMap(({Id, Names}) => Names.map(name => [name.replace(/^\//, ''), Id])),
		),
		// An engine without volumes answers with null.
		volumes: Object.fromEntries((volumes ?? []).map(volume => [volume.Name, createdAtOf(volume)])),
		networks: Object.fromEntries(networks.map(({Name, Id}) => [Name, Id])),
	};
};

const createdAtOf = (volume: object): string =>
	'CreatedAt' in volume && typeof volume.CreatedAt === 'string' ? volume.CreatedAt : '';
