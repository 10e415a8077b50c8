/**
 * An image's name as Docker lists it: `whoami:latest` for `whoami` and for `docker.io/library/whoami:latest`. A
 * registry's port is no tag, and a digest stands instead of one.
 */
export const normalizeImageName = (name: string): string => {
	const short = name.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');
	return /[:@][^/]*$/.test(short) ? short : `${short}:latest`;
};

/** The same on Podman, which writes `localhost/whoami:latest` for a `whoami` that it has built. */
export const normalizePodmanImageName = (name: string): string =>
	normalizeImageName(name.replace(/^localhost\//, ''));

/** Whether both name the same image. */
export const isSameImageName = (one: string, other: string): boolean =>
	normalizeImageName(one) === normalizeImageName(other);
