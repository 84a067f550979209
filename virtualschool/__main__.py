from virtualschool.cli import main

main()
