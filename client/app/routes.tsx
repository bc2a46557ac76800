// The addresses of the pages. Each page is a chunk of its own, fetched when first gone to.
import type { RouteObject } from "react-router";
import { createBrowserRouter } from "react-router";
import { BrokenPage } from "./broken-page.tsx";
import { FirstPage } from "./first-page.tsx";
import { LoadingPage } from "./loading-page.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { RequirePage } from "./require-page.tsx";
import { RequireSession } from "./require-session.tsx";
import { Shell } from "./shell/shell.tsx";
import { SignInPage } from "./sign-in-page.tsx";
import { ThemedPages } from "./themed-pages.tsx";

const pages: RouteObject[] = [
  { index: true, element: <FirstPage /> },
  {
    path: "book",
    element: <RequirePage page="book" />,
    children: [
      {
        index: true,
        lazy: async () => ({ Component: (await import("../book/book-page.tsx")).BookPage }),
      },
    ],
  },
  {
    path: "control",
    element: <RequirePage page="control" />,
    children: [
      {
        index: true,
        lazy: async () => ({
          Component: (await import("../control/control-page.tsx")).ControlPage,
        }),
      },
    ],
  },
  {
    path: "replay",
    element: <RequirePage page="replay" />,
    children: [
      {
        index: true,
        lazy: async () => ({ Component: (await import("../replay/flights-page.tsx")).FlightsPage }),
      },
      {
        path: ":flightId",
        lazy: async () => ({ Component: (await import("../replay/player-page.tsx")).PlayerPage }),
      },
    ],
  },
  {
    path: "manage",
    element: <RequirePage page="manage" />,
    children: [
      {
        index: true,
        lazy: async () => ({ Component: (await import("../manage/manage-page.tsx")).ManagePage }),
      },
    ],
  },
  { path: "*", element: <NotFoundPage /> },
];

export const router = createBrowserRouter([
  {
    element: <ThemedPages />,
    errorElement: <BrokenPage />,
    HydrateFallback: LoadingPage,
    children: [
      { path: "/sign-in", element: <SignInPage /> },
      {
        path: "/api/docs",
        lazy: async () => ({ Component: (await import("../docs/api-docs-page.tsx")).ApiDocsPage }),
      },
      {
        path: "/",
        element: <RequireSession />,
        children: [{ element: <Shell />, children: pages }],
      },
    ],
  },
]);
