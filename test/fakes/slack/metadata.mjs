// What Slack refuses in a message's metadata: the shape is that of MessageMetadata in @slack/types.

const MOST_BYTES = 16_384;
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value) => ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
const isFlat = (value) => isObject(value) && Object.values(value).every(isScalar);

/** Slack's word for what is wrong with it, or undefined. */
export function refusedMetadata(metadata) {
  if (!isObject(metadata) || !isObject(metadata.event_payload)) return 'invalid_metadata_format';
  if (typeof metadata.event_type !== 'string' || !/^[A-Za-z0-9_.:-]{1,255}$/.test(metadata.event_type)) return 'invalid_metadata_format';
  if (Object.keys(metadata).some((key) => key !== 'event_type' && key !== 'event_payload')) return 'invalid_metadata_format';
  const fine = Object.values(metadata.event_payload).every(
    (value) => isScalar(value) || isFlat(value) || (Array.isArray(value) && value.every((item) => isScalar(item) || isFlat(item))),
  );
  if (!fine) return 'invalid_metadata_format';
  return Buffer.byteLength(JSON.stringify(metadata)) > MOST_BYTES ? 'metadata_too_large' : undefined;
}
