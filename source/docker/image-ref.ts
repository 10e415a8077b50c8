/**
 * Returns an image's name as Docker lists it: `whoami:latest` for `whoami` and `docker.io/library/whoami:latest`. A
 * registry's port is not a tag; a digest replaces the tag.
 */
export const normalizeImageName = (name: string): string => {
	const short = name.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');
	return /[:@][^/]*$/.test(short) ? short : `${short}:latest`;
};

/** The same for Podman, which lists a `whoami` that it built as `localhost/whoami:latest`. */
export const normalizePodmanImageName = (name: string): string =>
	normalizeImageName(name.replace(/^localhost\//, ''));

/** Whether both name the same image. */
export const isSameImageName = (one: string, other: string): boolean =>
	normalizeImageName(one) === normalizeImageName(other);

/** Whether an ID is a known one, of which builders may print only the first 12 digits. */
export const isSameObjectId = (id: string, known: string): boolean => {
	const digits = known.replace(/^sha256:/, '');
	return digits.length >= 12 && id.replace(/^sha256:/, '').startsWith(digits);
};

/** Whether the upper layers begin with all lower ones, of which there is at least one. */
export const startsWithLayers = (upper: readonly string[], lower: readonly string[]): boolean =>
	lower.length > 0 && lower.every((layer, index) => upper[index] === layer);
