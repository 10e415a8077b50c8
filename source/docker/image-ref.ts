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

/** Whether an ID is a known one, of which builders print only the first 12 digits. */
export const isSameObjectId = (id: string, known: string): boolean => {
	const digits = known.replace(/^sha256:/, '');
	return digits.length >= 12 && id.replace(/^sha256:/, '').startsWith(digits);
};

/** Whether the lower layers are not empty, and the first of the upper ones. */
export const startsWithLayers = (upper: readonly string[], lower: readonly string[]): boolean =>
	lower.length > 0 && lower.every((layer, index) => upper[index] === layer);
