/** A program by the spellings in which it names itself, and the name to show. */
type Program = readonly [spelling: RegExp, name: string];

const program = (spelling: string, name: string): Program => [
  new RegExp(`(?<![a-z0-9])(?:${spelling})(?![a-z0-9])`, 'i'),
  name,
];

/** Programs that generate pictures. Google's Imagen is missing: "Imagen 12" is what a Spanish program may say. */
const GENERATORS: readonly Program[] = [
  program('stable[ _-]?diffusion', 'Stable Diffusion'),
  program('midjourney', 'Midjourney'),
  program('dall[-·. ]e', 'DALL-E'),
  program('chatgpt|gpt-4o|gpt-image-[0-9]', 'OpenAI'),
  program('comfyui', 'ComfyUI'),
  program('automatic1111', 'Automatic1111'),
  program('fooocus', 'Fooocus'),
  program('novelai', 'NovelAI'),
  program('invokeai', 'InvokeAI'),
  program('adobe firefly', 'Adobe Firefly'),
  program('bing image creator', 'Bing Image Creator'),
  program('ideogram', 'Ideogram'),
  program('leonardo\\.ai', 'Leonardo.Ai'),
  program('flux\\.[12]', 'FLUX'),
];

/** Programs that edit pictures. The longest spelling counts: "Adobe Photoshop Lightroom" is Lightroom. */
const EDITORS: readonly Program[] = [
  program('(?:adobe )?(?:photoshop )?lightroom(?: classic)?', 'Adobe Lightroom'),
  program('(?:adobe )?(?:photoshop )?camera raw', 'Adobe Camera Raw'),
  program('(?:adobe )?photoshop elements', 'Adobe Photoshop Elements'),
  program('(?:adobe )?photoshop express', 'Adobe Photoshop Express'),
  program('(?:adobe )?photoshop camera', 'Adobe Photoshop Camera'),
  program('(?:adobe )?photoshop', 'Adobe Photoshop'),
  program('gimp', 'GIMP'),
  program('affinity photo(?: 2)?', 'Affinity Photo'),
  program('pixelmator pro', 'Pixelmator Pro'),
  program('pixelmator', 'Pixelmator'),
  program('photomator', 'Photomator'),
  program('snapseed', 'Snapseed'),
  program('facetune', 'Facetune'),
  program('faceapp', 'FaceApp'),
  program('picsart', 'Picsart'),
  program('meitu', 'Meitu'),
  program('vsco', 'VSCO'),
  program('luminar(?: neo| ai)?', 'Luminar'),
  program('capture one', 'Capture One'),
  program('darktable', 'darktable'),
  program('rawtherapee', 'RawTherapee'),
  program('dxo photolab', 'DxO PhotoLab'),
  program('topaz (?:photo|gigapixel) ai', 'Topaz Photo AI'),
  program('paint\\.net', 'Paint.NET'),
  program('paint ?shop pro', 'PaintShop Pro'),
  program('photopea', 'Photopea'),
  program('canva', 'Canva'),
  program('krita', 'Krita'),
];

/** The generating program that a field names. */
export const generatorIn = (field: string): string | undefined => mostSpecific(GENERATORS, field);

/** The editing program that a field names. */
export const editorIn = (field: string): string | undefined => mostSpecific(EDITORS, field);

/** The name of the program whose spelling covers most of the field. */
function mostSpecific(programs: readonly Program[], field: string): string | undefined {
  const found = programs.map(([spelling, name]) => ({ name, length: field.match(spelling)?.[0].length ?? 0 }));
  const best = found.reduce((one, other) => (other.length > one.length ? other : one), { name: '', length: 0 });
  return best.length > 0 ? best.name : undefined;
}
