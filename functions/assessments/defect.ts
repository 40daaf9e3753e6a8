import { z } from 'zod';

const SIDES = ['interior', 'exterior', 'unknown'] as const;
export const Side = z.enum(SIDES).describe('Inside or outside, as far as the rating counts it.');
export type Side = z.infer<typeof Side>;

/** The six sections in which a UAD 3.6 report lists defects, damages and deficiencies. */
export const Section = z
  .enum([
    'site',
    'dwelling_exterior',
    'outbuilding',
    'unit_interior',
    'vehicle_storage',
    'amenities',
    'unknown',
    'not_applicable',
  ])
  .describe('The section of a UAD 3.6 report that lists it; `not_applicable` for a vehicle.');
export type Section = z.infer<typeof Section>;

/** The component that is damaged, as UAD 3.6 asks for it in each row. */
export const Feature = z
  .enum([
    'foundation',
    'roof',
    'chimney',
    'gutters',
    'exterior_walls',
    'windows',
    'doors',
    'interior_walls',
    'ceiling',
    'flooring',
    'stairs',
    'cabinets',
    'electrical',
    'plumbing',
    'heating_cooling',
    'porch',
    'deck',
    'patio',
    'balcony',
    'fence',
    'pool',
    'driveway',
    'walkway',
    'retaining_wall',
    'whole_structure',
    'unknown',
    'not_applicable',
  ])
  .describe(
    'The component that is damaged; `unknown` when neither words nor photo say; `not_applicable` for a vehicle.',
  );
export type Feature = z.infer<typeof Feature>;

export const PlaceIs = z
  .enum(['stated', 'seen', 'guessed'])
  .describe("What the place is known from: the owner's words, the model, or neither; then the answer asks.");
export type PlaceIs = z.infer<typeof PlaceIs>;

export const Soundness = z
  .enum(['yes', 'no', 'unknown'])
  .describe('Whether it affects the soundness or structural integrity of the building, as far as a photo can say.');
export type Soundness = z.infer<typeof Soundness>;

export const Action = z
  .enum(['repair', 'inspect', 'monitor', 'none', 'unknown'])
  .describe('What to do first. `inspect`: its cause or depth decides the repair, and no photo shows that.');
export type Action = z.infer<typeof Action>;

export const Urgency = z
  .enum(['immediate', 'soon', 'planned', 'none', 'unknown'])
  .describe('`immediate`: a risk to people or an open building; `soon`: it gets worse; `planned`: with other work.');
export type Urgency = z.infer<typeof Urgency>;

export const Trade = z
  .enum([
    'structural_engineer',
    'electrician',
    'roofer',
    'plumber',
    'waterproofing_contractor',
    'mould_remediation',
    'glazier',
    'mason',
    'painter',
    'lead_safe_painter',
    'drywall_contractor',
    'flooring_contractor',
    'carpenter',
    'concrete_contractor',
    'pool_contractor',
    'home_inspector',
    'body_shop',
    'auto_glass_shop',
    'unknown',
  ])
  .describe('Who is called.');
export type Trade = z.infer<typeof Trade>;

/** The panels of a vehicle, by the names of the US trade. */
export const PANEL_NAMES = [
  'hood',
  'bumper',
  'trunk',
  'door',
  'fender',
  'quarter_panel',
  'light',
  'windshield',
  'window',
  'rear_window',
  'roof',
  'mirror',
  'wheel',
  'grille',
  'rocker_panel',
] as const;
export type PanelName = (typeof PANEL_NAMES)[number];

export const Panel = z
  .strictObject({
    name: z
      .enum([...PANEL_NAMES, 'unknown'])
      .describe('The panel; `unknown` when neither words nor a model say which.'),
    end: z
      .enum(['front', 'rear', 'unknown', 'not_applicable'])
      .describe('Front or rear, from the words of its owner, or because the panel is at one end only.'),
    side: z
      .enum(['left', 'right', 'unknown', 'not_applicable'])
      .describe(
        "Left or right as seen by the driver, from the owner's words; `not_applicable` to a panel across the car.",
      ),
    damageType: z
      .enum(['dent', 'scratch', 'crack', 'rust', 'missing', 'unknown'])
      .describe("The type of damage, from the owner's words; no model tells it yet."),
    remedy: z
      .enum(['repair', 'replace', 'unknown'])
      .describe('Whether the panel is repaired or replaced, by rule from its severity and what it is made of.'),
    confidenceRatio: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .describe('How likely this is the panel, 0..1, by the model; null when the owner says so, or nobody.'),
  })
  .describe('The panel of a vehicle.');
export type Panel = z.infer<typeof Panel>;

export const CrackReading = z
  .strictObject({
    width: z
      .enum(['thin', 'open', 'unknown'])
      .describe(
        '`thin` against its length, as hairline cracks are; `open`: a gap against its length. Never in mm: no photo has a scale.',
      ),
    pattern: z
      .enum(['line', 'branched', 'unknown'])
      .describe(
        'One line, or `branched`: bent, branched or map-like. A stepped line cannot be told on a map of this size.',
      ),
    direction: z.enum(['horizontal', 'vertical', 'diagonal', 'unknown']).describe('Of the line, on the photo.'),
    structural: z
      .enum(['suspected', 'unknown'])
      .describe('`suspected` when place, direction or words are those of a crack of movement; no photo rules it out.'),
    structuralBecause: z.string().nullable().describe('Why it is suspected, in words; null when it is not.'),
    readFrom: z
      .enum(['width_against_length', 'none'])
      .describe(
        'Width, pattern and direction: from the region of the model, its width against its length; or from nothing.',
      ),
  })
  .describe('What can be read of a crack.');
export type CrackReading = z.infer<typeof CrackReading>;
