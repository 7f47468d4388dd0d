declare global {
  namespace App {
    interface Error { message: string; requestId?: string | null }
    interface Platform { req: { ip?: string } }
    interface PageData {
      /** The way to this page, for the top bar and the window's title. */
      crumbs?: { label: string; href?: string }[];
    }
  }
}

export {};
