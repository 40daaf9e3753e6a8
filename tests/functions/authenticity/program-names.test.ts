import { describe, expect, it } from 'vitest';
import { editorIn, generatorIn } from '../../../functions/authenticity/program-names.ts';

describe('editorIn', () => {
  it.each([
    ['Adobe Photoshop Lightroom Classic 12.0 (Macintosh)', 'Adobe Lightroom'],
    ['Adobe Photoshop Lightroom 6.14', 'Adobe Lightroom'],
    ['Adobe Lightroom 7.1 (iOS)', 'Adobe Lightroom'],
    ['Adobe Photoshop 25.0 (Windows)', 'Adobe Photoshop'],
    ['Adobe Photoshop Elements 2024', 'Adobe Photoshop Elements'],
    ['Adobe Photoshop Camera Raw 15.1', 'Adobe Camera Raw'],
    ['Adobe Photoshop Express (Android)', 'Adobe Photoshop Express'],
    ['photoshop', 'Adobe Photoshop'],
    ['GIMP 2.10.34', 'GIMP'],
    ['Affinity Photo 2', 'Affinity Photo'],
    ['Pixelmator 3.9', 'Pixelmator'],
    ['Photomator 3', 'Photomator'],
    ['Snapseed 2.0', 'Snapseed'],
    ['Facetune2', undefined],
    ['Facetune', 'Facetune'],
    ['FaceApp', 'FaceApp'],
    ['PicsArt', 'Picsart'],
    ['Meitu', 'Meitu'],
    ['VSCO', 'VSCO'],
    ['darktable 4.6', 'darktable'],
    ['RawTherapee 5.9', 'RawTherapee'],
    ['DxO PhotoLab 7', 'DxO PhotoLab'],
    ['Topaz Gigapixel AI', 'Topaz Photo AI'],
    ['PaintShop Pro 2023', 'PaintShop Pro'],
    ['www.photopea.com', 'Photopea'],
    ['Canva', 'Canva'],
    ['krita 5', 'Krita'],
    ['Adobe Photoshop Camera for iOS', 'Adobe Photoshop Camera'],
    ['Pixelmator Pro 3.5', 'Pixelmator Pro'],
    ['Luminar Neo', 'Luminar'],
    ['Capture One 23 Macintosh', 'Capture One'],
    ['paint.net 5.0', 'Paint.NET'],
  ])('names the editor of %s', (field, name) => {
    expect(editorIn(field)).toBe(name);
  });

  it.each(['18.4', 'Ver.1.00', 'paintings', 'HDR+ 1.0', 'Canvas'])('finds none in %s', (field) => {
    expect(editorIn(field)).toBeUndefined();
  });
});

describe('generatorIn', () => {
  it.each([
    ['Midjourney v7', 'Midjourney'],
    ['stable-diffusion xl', 'Stable Diffusion'],
    ['DALL·E 3', 'DALL-E'],
    ['Adobe Firefly', 'Adobe Firefly'],
    ['ChatGPT', 'OpenAI'],
    ['gpt-image-1', 'OpenAI'],
    ['ComfyUI', 'ComfyUI'],
    ['AUTOMATIC1111', 'Automatic1111'],
    ['Fooocus v2.5', 'Fooocus'],
    ['InvokeAI 4', 'InvokeAI'],
    ['Bing Image Creator', 'Bing Image Creator'],
    ['Ideogram', 'Ideogram'],
    ['Leonardo.ai', 'Leonardo.Ai'],
    ['NovelAI', 'NovelAI'],
    ['FLUX.1', 'FLUX'],
  ])('names the generator of %s', (field, name) => {
    expect(generatorIn(field)).toBe(name);
  });

  it.each(['Foto dalle scale', 'Imagen 12', 'Ideogrammatic 2', 'Adobe Photoshop 25.0'])('finds none in %s', (field) => {
    expect(generatorIn(field)).toBeUndefined();
  });
});
