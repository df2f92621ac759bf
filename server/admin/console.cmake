# The console's files, bundled by Node.js where its packages are (./dev brings them), else a page that
# says that they were not. They are laid into admin/assets.cpp.
set(console ${CMAKE_BINARY_DIR}/console)
set(console_files ${console}/index.html ${console}/console.js ${console}/console.css
    ${console}/favicon.svg ${console}/steps.json)
set(console_packages ${CMAKE_SOURCE_DIR}/build/web)
find_program(NODE node)
if(NODE AND EXISTS ${console_packages}/installed.json)
    set(web ${CMAKE_CURRENT_SOURCE_DIR}/admin/web)
    file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS
        ${web}/src/* ${web}/public/* ${web}/*.mjs ${web}/*.json)
    add_custom_command(OUTPUT ${console_files}
        COMMAND ${CMAKE_COMMAND} -E rm -rf ${console_packages}/src
        COMMAND ${CMAKE_COMMAND} -E copy_directory ${web} ${console_packages}
        COMMAND ${NODE} ${console_packages}/build.mjs ${console}
        DEPENDS ${web_sources} COMMENT "Bundling the console" VERBATIM)
else()
    file(WRITE ${console}/console.js "")
    file(WRITE ${console}/console.css "")
    file(WRITE ${console}/favicon.svg "")
    file(WRITE ${console}/steps.json "")
    configure_file(admin/without_console.html ${console}/index.html COPYONLY)
endif()
set_source_files_properties(admin/assets.cpp PROPERTIES
    OBJECT_DEPENDS "${console_files}" SKIP_UNITY_BUILD_INCLUSION ON
    COMPILE_DEFINITIONS MINI_REDIS_CONSOLE="${console}")
